"""`python -m monitor.cli`: the same as `cocorico`."""

from monitor.cli import main

if __name__ == "__main__":
    main()
