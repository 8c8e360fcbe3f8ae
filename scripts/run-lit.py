"""lit, by the interpreter that runs this file (lit has no `python -m` of its own)."""

from lit.main import main

if __name__ == "__main__":
    main()
