"""``python -m lawreport_utils`` is ``lawreport``."""

from .cli import main

if __name__ == "__main__":
    main()
