package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// memory holds the hashes of a tree in Go's own order.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, i := range indexes {
		if i < 0 || i >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", i)
		}
		out = append(out, m[i])
	}
	return out, nil
}

// entry is the one of tests/log/forest.h.
func entry(seed, i int64) []byte {
	return []byte(fmt.Sprintf("entry %d of %d%s", i, seed, strings.Repeat(".", int(i%23))))
}

func grow(size, seed int64) (memory, error) {
	var m memory
	for i := int64(0); i < size; i++ {
		hashes, err := tlog.StoredHashes(i, entry(seed, i), m)
		if err != nil {
			return nil, err
		}
		m = append(m, hashes...)
	}
	return m, nil
}

func put(dir, path string, data []byte) error {
	full := filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, data, 0o644)
}

func writeTile(dir string, m memory, t tlog.Tile, seed int64) error {
	data, err := tlog.ReadTileData(t, m)
	if err != nil {
		return err
	}
	if err := put(dir, tilePath(t), data); err != nil || t.L != 0 {
		return err
	}
	var bundle []byte
	for i := 0; i < t.W; i++ {
		e := entry(seed, t.N<<height+int64(i))
		bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(e)))
		bundle = append(bundle, e...)
	}
	t.L = -1
	return put(dir, tilePath(t), bundle)
}

// write makes a whole log and prints its verifier keys, log's and cosigner's.
func write(dir, origin string, size, seed int64) error {
	m, err := grow(size, seed)
	if err != nil {
		return err
	}
	for _, t := range tlog.NewTiles(height, 0, size) {
		if err := writeTile(dir, m, t, seed); err != nil {
			return err
		}
	}
	root := emptyRoot
	if size > 0 {
		if root, err = tlog.TreeHash(size, m); err != nil {
			return err
		}
	}
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	witness := &cosigner{"ES-GTGUA/1", public, private, 1795000000}
	text := fmt.Sprintf("%s\n%d\n%s\n", origin, size, base64.StdEncoding.EncodeToString(root[:]))
	head, err := note.Sign(&note.Note{Text: text}, signer, witness)
	if err != nil {
		return err
	}
	fmt.Printf("%s\n%s\n", vkey, witness.vkey())
	return put(dir, "checkpoint", head)
}

// proofs prints inclusion (i) and consistency (c) proofs, a line each:
// kind, index or old size, size, hashes.
func proofs(size, seed int64) error {
	m, err := grow(size, seed)
	if err != nil {
		return err
	}
	for n := int64(1); n <= size; n += 1 + n/5 {
		for i := int64(0); i < n; i += 1 + n/11 {
			record, err := tlog.ProveRecord(n, i, m)
			if err != nil {
				return err
			}
			printProof("i", i, n, record)
			tree, err := tlog.ProveTree(n, i+1, m)
			if err != nil {
				return err
			}
			printProof("c", i+1, n, tree)
		}
	}
	return nil
}

func printProof(kind string, a, n int64, proof []tlog.Hash) {
	fmt.Printf("%s %d %d", kind, a, n)
	for _, h := range proof {
		fmt.Printf(" %x", h[:])
	}
	fmt.Println()
}
