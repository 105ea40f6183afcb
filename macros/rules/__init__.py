"""One function = one rule across rows; its docstring says what holds, and is printed in the guide for editors."""
