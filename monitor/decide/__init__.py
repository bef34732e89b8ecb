"""The judgements, pure: worth a page, same fact, is it news, who hears of it."""
