"""What the classifier is trained on and measured by: labelled articles, their check, the training, the scores."""
