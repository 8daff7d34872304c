# Two commands set everything up by themselves: `make demo` and `make test`.
