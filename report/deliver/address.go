package deliver

import (
	"errors"
	"net/mail"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// errAddress is returned for what is no address that mail can be sent to.
var errAddress = errors.New("no mail address")

// longestAddress is how long an address may be in SMTP, in bytes.
const longestAddress = 254

// ParseAddress reads "name <local@domain>" or "local@domain".
//
// The local part must be ASCII without quotes and spaces, as company servers
// have it; the domain needs a dot and may be international: it comes back in
// its ASCII form, in lower case. Line ends and other control characters are an
// error wherever they stand.
func ParseAddress(text string) (*mail.Address, error) {
	if strings.ContainsFunc(text, unprintable) {
		return nil, errAddress
	}
	address, err := mail.ParseAddress(strings.TrimSpace(text))
	if err != nil {
		// Names with commas, dots or brackets are written without quotes in lists.
		address, err = bracketed(text)
	}
	if err != nil {
		return nil, errAddress
	}
	local, domain, ok := cutLast(address.Address, "@")
	domain = strings.ToLower(domain)
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	if !ok || !plainLocal(local) || !plainDomain(domain) || len(local)+len(domain) >= longestAddress {
		return nil, errAddress
	}
	return &mail.Address{Name: cleanLine(plainName.Replace(address.Name)), Address: local + "@" + domain}, nil
}

// bracketed reads a name that is not quoted, followed by an address in angle
// brackets.
func bracketed(text string) (*mail.Address, error) {
	name, rest, ok := cutLast(strings.TrimSpace(text), "<")
	if !ok || !strings.HasSuffix(rest, ">") || strings.ContainsAny(name, "<>@") {
		return nil, errAddress
	}
	address, err := mail.ParseAddress(strings.TrimSuffix(rest, ">"))
	if err != nil || address.Name != "" {
		return nil, errAddress
	}
	address.Name = strings.Trim(strings.TrimSpace(name), `"`)
	return address, nil
}

// Addresses cuts a cell such as "a@x.org; B <b@x.org>" into its addresses, as
// they are written. Commas separate only behind an address: names hold them.
func Addresses(text string) []string {
	var list []string
	begin, quoted, closed := 0, false, false
	add := func(end int) {
		if one := strings.TrimSpace(text[begin:end]); one != "" {
			list = append(list, one)
		}
		begin, closed = end+1, false
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '@':
			closed = true
		case c == ';', c == '\n', c == ',' && closed:
			add(i)
		}
	}
	add(len(text))
	return list
}

// cleanLine makes a text one line that a header can carry: control and
// invisible characters become spaces, and spaces are single. What is encoded
// already is taken apart.
func cleanLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if unprintable(r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, text)
	// What looks encoded would be decoded by the reader, line ends in it too.
	text = strings.ReplaceAll(text, "=?", "= ?")
	return strings.Join(strings.Fields(text), " ")
}

// plainName are the characters of a display name that programs read apart:
// encoded together with other letters they end it too early.
var plainName = strings.NewReplacer(`\`, "/", `"`, "'")

// unprintable reports whether a character has no place in a header: control
// characters, line and paragraph separators, and the marks that turn the
// direction of a text, which make one address look like another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff' || r == '\u200b'
}

// plainLocal reports whether the part before the @ is a dotted word of the
// characters that RFC 5321 allows unquoted.
func plainLocal(local string) bool {
	if local == "" || len(local) > 64 || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	return strings.IndexFunc(local, func(r rune) bool {
		return !(r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)))
	}) < 0
}

// plainDomain reports whether a domain has at least two labels of letters,
// digits and hyphens.
func plainDomain(domain string) bool {
	labels := strings.Split(domain, ".")
	if len(labels) < 2 || len(domain) > 253 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range []byte(label) {
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	return strings.IndexFunc(last, unicode.IsLetter) >= 0 // else it is the end of a number
}

// addressOf returns the bare address of a text, "" where it is none.
func addressOf(text string) string {
	if address, err := ParseAddress(text); err == nil {
		return address.Address
	}
	return ""
}

// domainOf returns what follows the @.
func domainOf(address string) string {
	_, domain, _ := cutLast(address, "@")
	return domain
}

// cutLast cuts a text at the last occurrence of a mark.
func cutLast(text, mark string) (before, after string, found bool) {
	if i := strings.LastIndex(text, mark); i >= 0 {
		return text[:i], text[i+len(mark):], true
	}
	return text, "", false
}
