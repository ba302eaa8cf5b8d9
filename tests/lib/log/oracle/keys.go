package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const cosignatureV1 = 4

var emptyRoot = tlog.Hash(sha256.Sum256(nil))

// cosigner makes and verifies C2SP cosignature/v1 lines; Go's note package
// knows Ed25519 over the text alone.
type cosigner struct {
	name    string
	public  ed25519.PublicKey
	private ed25519.PrivateKey
	time    uint64
}

func (c *cosigner) Name() string { return c.name }

func (c *cosigner) KeyHash() uint32 {
	h := sha256.Sum256([]byte(c.name + "\n" + string(rune(cosignatureV1)) + string(c.public)))
	return binary.BigEndian.Uint32(h[:])
}

func (c *cosigner) vkey() string {
	key := append([]byte{cosignatureV1}, c.public...)
	return fmt.Sprintf("%s+%08x+%s", c.name, c.KeyHash(), base64.StdEncoding.EncodeToString(key))
}

func (c *cosigner) message(time uint64, text []byte) []byte {
	return append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", time)), text...)
}

func (c *cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(c.public, c.message(time, text), sig[8:])
}

func (c *cosigner) Sign(text []byte) ([]byte, error) {
	sig := make([]byte, 8)
	binary.BigEndian.PutUint64(sig, c.time)
	return append(sig, ed25519.Sign(c.private, c.message(c.time, text))...), nil
}

func newVerifier(vkey string, cosigns bool) (note.Verifier, error) {
	if !cosigns {
		return note.NewVerifier(vkey)
	}
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("bad verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureV1 {
		return nil, fmt.Errorf("bad cosigner key")
	}
	c := &cosigner{name: parts[0], public: key[1:]}
	id, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil || uint32(id) != c.KeyHash() {
		return nil, fmt.Errorf("bad cosigner key id")
	}
	return c, nil
}
