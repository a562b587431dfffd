package dataset

// Texts is a column of texts, one per customer. Few different ones are kept once each. The zero value has none.
type Texts struct {
	list  []string // of every customer, where there are many different ones
	words []string // the different ones else, in the order of their first customers
	codes []uint16 // of every customer: the place of its word
}

// mostWords is up to how many different texts are kept once each.
const mostWords = 1 << 12

// NewTexts returns the column of n customers whose texts at returns. It asks for each once, in order.
func NewTexts(n int, at func(i int) string) Texts {
	t := Texts{codes: make([]uint16, n)}
	known := map[string]uint16{}
	for i := range n {
		text := at(i)
		code, ok := known[text]
		if !ok {
			if len(t.words) == mostWords {
				return listed(t, i, text, n, at)
			}
			code = uint16(len(t.words))
			known[text], t.words = code, append(t.words, text)
		}
		t.codes[i] = code
	}
	return t
}

// listed returns the column as a list of texts, of which some are known and the next one.
func listed(first Texts, known int, next string, n int, at func(i int) string) Texts {
	list := make([]string, n)
	for i := range known {
		list[i] = first.At(i)
	}
	list[known] = next
	for i := known + 1; i < n; i++ {
		list[i] = at(i)
	}
	return Texts{list: list}
}

// TextsOf returns a list of texts as a column. It takes the list over.
func TextsOf(list []string) Texts { return Texts{list: list} }

// Len returns the number of customers.
func (t Texts) Len() int { return max(len(t.list), len(t.codes)) }

// At returns the text of customer i.
func (t Texts) At(i int) string {
	if t.list != nil {
		return t.list[i]
	}
	return t.words[t.codes[i]]
}

// Different returns every text of the column at least once, and those that are kept once each once.
func (t Texts) Different() []string {
	if t.list != nil {
		return t.list
	}
	return t.words
}

// Mode returns the commonest text of some customers but for "", the first by name of equally common ones, how often it occurs, and how
// many of them have a text; ok is false where there are too many different texts to count each.
func (t Texts) Mode(customers []int) (text string, count, given int, ok bool) {
	if t.list != nil {
		return "", 0, 0, false
	}
	counts := make([]int, len(t.words))
	for _, i := range customers {
		counts[t.codes[i]]++
	}
	for code, n := range counts {
		word := t.words[code]
		if word == "" {
			continue
		}
		given += n
		if n > count || n == count && n > 0 && word < text {
			text, count = word, n
		}
	}
	return text, count, given, true
}
