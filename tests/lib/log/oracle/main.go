// Oracle reads and writes published logs with Go's own packages
// (golang.org/x/mod/sumdb), which share no code with Sello.
//
//	oracle check DIR LOG-VKEY [COSIGNER-VKEY]   verify a whole log
//	oracle lines DIR TRUST.xml CENTER           verify who signed each line
//	oracle make DIR ORIGIN SIZE SEED            write one
//	oracle proofs SIZE SEED                     print proofs
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 3 && args[0] == "check":
		return check(args[1], args[2], args[3:])
	case len(args) == 4 && args[0] == "lines":
		return lines(args[1], args[2], args[3])
	case len(args) == 5 && args[0] == "make":
		size, seed, err := numbers(args[3], args[4])
		if err != nil {
			return err
		}
		return write(args[1], args[2], size, seed)
	case len(args) == 3 && args[0] == "proofs":
		size, seed, err := numbers(args[1], args[2])
		if err != nil {
			return err
		}
		return proofs(size, seed)
	}
	return fmt.Errorf("check DIR VKEY [VKEY], lines DIR TRUST CENTER, make DIR ORIGIN SIZE SEED or proofs SIZE SEED")
}

func numbers(a, b string) (int64, int64, error) {
	first, err := strconv.ParseInt(a, 10, 64)
	if err != nil {
		return 0, 0, err
	}
	second, err := strconv.ParseInt(b, 10, 64)
	return first, second, err
}
