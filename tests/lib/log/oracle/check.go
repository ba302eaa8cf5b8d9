package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// tilePath is the path of C2SP tlog-tiles for a tile that Go's checksum
// database, which came first, would have at tile/8/...
func tilePath(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	if t.L == -1 {
		path = "entries/" + strings.TrimPrefix(path, "data/")
	}
	return filepath.Join("tile", path)
}

// files reads tiles of a folder for tlog.TileHashReader, which verifies them.
type files string

func (dir files) Height() int { return height }

func (dir files) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, t := range tiles {
		tile, err := os.ReadFile(filepath.Join(string(dir), tilePath(t)))
		if err != nil {
			return nil, err
		}
		data = append(data, tile)
	}
	return data, nil
}

// head opens the signed head; every verifier must have signed it.
func head(dir string, vkeys []string) (tlog.Tree, error) {
	var tree tlog.Tree
	var verifiers []note.Verifier
	for i, text := range vkeys {
		v, err := newVerifier(text, i > 0)
		if err != nil {
			return tree, err
		}
		verifiers = append(verifiers, v)
	}
	data, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, err
	}
	n, err := note.Open(data, note.VerifierList(verifiers...))
	if err != nil {
		return tree, err
	}
	if len(n.Sigs) != len(verifiers) {
		return tree, fmt.Errorf("%d good signatures, expected %d", len(n.Sigs), len(verifiers))
	}
	return parseHead(n.Text, verifiers[0].Name())
}

func parseHead(text, origin string) (tlog.Tree, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		return tlog.Tree{}, fmt.Errorf("not the head of %s", origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("bad size")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("bad root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

// entries splits a bundle.
func entries(bundle []byte) ([][]byte, error) {
	var all [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("cut length")
		}
		n := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+n {
			return nil, fmt.Errorf("cut entry")
		}
		all = append(all, bundle[2:2+n])
		bundle = bundle[2+n:]
	}
	return all, nil
}

// checkBundle compares the entries of a bundle with proven leaf hashes.
func checkBundle(dir string, hashes tlog.HashReader, t tlog.Tile) error {
	data, err := os.ReadFile(filepath.Join(dir, tilePath(t)))
	if err != nil {
		return err
	}
	all, err := entries(data)
	if err != nil {
		return err
	}
	if len(all) != t.W {
		return fmt.Errorf("%s: %d entries", tilePath(t), len(all))
	}
	var indexes []int64
	for i := range all {
		indexes = append(indexes, tlog.StoredHashIndex(0, t.N<<height+int64(i)))
	}
	want, err := hashes.ReadHashes(indexes)
	if err != nil {
		return err
	}
	for i, entry := range all {
		if tlog.RecordHash(entry) != want[i] {
			return fmt.Errorf("%s: entry %d is not in the tree", tilePath(t), i)
		}
	}
	return nil
}

// check verifies head, every tile and every entry, and prints size and root.
func check(dir, log string, cosigners []string) error {
	tree, err := head(dir, append([]string{log}, cosigners...))
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(tree, files(dir))
	root, err := tlog.TreeHash(tree.N, hashes)
	if tree.N == 0 {
		root, err = emptyRoot, nil
	}
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the tiles do not make the signed root")
	}
	for n := int64(0); n<<height < tree.N; n++ {
		w := tree.N - n<<height
		if w > 1<<height {
			w = 1 << height
		}
		if err := checkBundle(dir, hashes, tlog.Tile{H: height, L: -1, N: n, W: int(w)}); err != nil {
			return err
		}
	}
	fmt.Printf("%d %s\n", tree.N, base64.StdEncoding.EncodeToString(root[:]))
	return nil
}
