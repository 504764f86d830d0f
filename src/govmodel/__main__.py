"""`python -m govmodel`."""

from govmodel.cli import main

main()
