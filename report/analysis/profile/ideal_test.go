package profile

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"valuebook/report/dataset"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %.10g, want %.10g", what, got, want)
	}
}

// hotels is a dataset of n customers, of whom the first quarter are worth most:
// chains, and large. Colour says nothing.
func hotels(n int, seed uint64) (*dataset.Dataset, []float64) {
	random := rand.New(rand.NewPCG(seed, 0))
	d := &dataset.Dataset{}
	worth := make([]float64, n)
	kind, size, colour := make([]string, n), make([]string, n), make([]string, n)
	for i := range n {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("K%04d", i))
		worth[i] = 1000 - float64(i)
		chain, large := 0.2, 40.0
		if i < n/4 {
			chain, large = 0.7, 80
		}
		kind[i] = []string{"single", "chain"}[min(1, int(random.Float64()+chain))]
		size[i] = strconv.Itoa(int(large + 20*random.NormFloat64()))
		colour[i] = []string{"red", "green", "blue"}[random.IntN(3)]
	}
	d.Customers.Profiles = []dataset.Profile{{Name: "Kind of house", Values: textsOf(kind)}, {Name: "Rooms", Values: textsOf(size)}, {Name: "Colour", Values: textsOf(colour)}}
	return d, worth
}

func TestIdealFindsWhatWasPlanted(t *testing.T) {
	d, worth := hotels(200, 1)
	p := FindIdeal(d, worth, "Lifetime value", DefaultOptions())
	if p.Refused != Accepted || p.N != 200 || p.TopN != 50 || p.Cut != 951 || len(p.Omitted) != 0 {
		t.Fatalf("%s: %d, %d, %v, %v", p.Refused, p.N, p.TopN, p.Cut, p.Omitted)
	}
	if !(p.AUC > 0.8) {
		t.Errorf("AUC %v", p.AUC)
	}
	chain := p.Levels[slices.IndexFunc(p.Levels, func(l Level) bool { return l.Name == "chain" })]
	single := p.Levels[slices.IndexFunc(p.Levels, func(l Level) bool { return l.Name == "single" })]
	if !(chain.Lift > 1.5) || !(chain.PHolm < 0.001) || chain.PHolm != single.PHolm || !(single.Odds.Hi < 1) {
		t.Errorf("%+v\n%+v", chain, single)
	}
	for _, l := range p.Levels {
		near(t, "lift", l.Lift, float64(l.Top)/50/(float64(l.N)/200), 1e-12)
		if p.Columns[l.Column].Name == "Colour" && l.PHolm < 0.05 {
			t.Errorf("colour tells: %+v", l)
		}
	}
	rooms := p.Numbers[0]
	if !(rooms.Rho.Value > 0.3) || !(rooms.Difference.Value > 25) || !(rooms.PHolmDifference < 0.001) || !(rooms.PHolmRho < 0.001) {
		t.Errorf("%+v", rooms)
	}
	if len(p.Card) == 0 || slices.ContainsFunc(p.Card, func(l Line) bool { return p.Columns[l.Column].Name == "Colour" }) {
		t.Errorf("%+v", p.Card)
	}
	for k := 1; k < len(p.Card); k++ {
		if math.Abs(p.Card[k].Points) > math.Abs(p.Card[k-1].Points)+1e-9 {
			t.Errorf("the card is not in order: %+v", p.Card)
		}
	}
}

// By hand: 40 customers, 10 in the top. Answer a has 8 of the top and 4 of the
// rest: lift (8/10)/(12/40), odds ratio 8.5*26.5/(4.5*2.5), points
// ln((8.5/11)/(4.5/31)).
func TestLevelByHand(t *testing.T) {
	d := &dataset.Dataset{}
	worth, answer := make([]float64, 40), make([]string, 40)
	for i := range worth {
		d.Customers.ID = append(d.Customers.ID, fmt.Sprintf("%02d", i))
		worth[i] = float64(-i)
		answer[i] = "b"
		if i < 8 || i >= 10 && i < 14 {
			answer[i] = "a"
		}
	}
	d.Customers.Segment = answer
	p := FindIdeal(d, worth, "", DefaultOptions())
	if p.TopN != 10 || len(p.Levels) != 2 || p.Columns[0].Kind != Segment {
		t.Fatalf("%+v", p)
	}
	a := p.Levels[0]
	near(t, "lift", a.Lift, 0.8/0.3, 1e-12)
	near(t, "odds ratio", a.Odds.Value, 8.5*26.5/(4.5*2.5), 1e-12)
	near(t, "points", p.Card[0].Points, math.Log((8.5/11)/(4.5/31)), 1e-12)
	near(t, "Holm of one test", a.PHolm, a.Odds.P, 0)
}

func TestNoiseIsNoProfile(t *testing.T) {
	found := 0
	for seed := range uint64(20) {
		d, worth := hotels(200, seed)
		random := rand.New(rand.NewPCG(seed, 9))
		random.Shuffle(len(worth), func(i, j int) { worth[i], worth[j] = worth[j], worth[i] })
		if p := FindIdeal(d, worth, "", DefaultOptions()); p.Refused != NotFound {
			found++
		} else if p.Card != nil || p.Points != nil || len(p.Levels) == 0 {
			t.Errorf("refused, yet with a card: %+v", p.Card)
		}
	}
	if found > 2 {
		t.Errorf("a profile in %d of 20 shuffled datasets", found)
	}
}

func TestLeakageIsRefused(t *testing.T) {
	d, worth := hotels(200, 3)
	class, twin, id, lone, sparse := make([]string, 200), make([]string, 200), make([]string, 200), make([]string, 200), make([]string, 200)
	for i := range class {
		class[i] = []string{"A", "B", "B", "C", "C"}[i*5/200]
		twin[i] = strconv.FormatFloat(3*worth[i]*worth[i]+float64(i%3), 'f', 0, 64)
		id[i], lone[i] = "x"+strconv.Itoa(i), "same"
		if i%25 == 0 {
			sparse[i] = "yes"
		}
	}
	column := func(name string, values []string) {
		d.Customers.Profiles = append(d.Customers.Profiles, dataset.Profile{Name: name, Values: textsOf(values)})
	}
	column("Total revenue 2025", twin)
	column("Umsatzklasse", class)
	column("Grade", class)
	column("Index", twin)
	column("Reference", id)
	column("Language", lone)
	column("Remark", sparse)
	column("lifetime VALUE", id)
	column("Worth to us", twin)
	p := FindIdeal(d, worth, "worth to us", DefaultOptions())
	got := map[string]Refusal{}
	for _, o := range p.Omitted {
		got[p.Columns[o.Column].Name] = o.Why
	}
	want := map[string]Refusal{"Total revenue 2025": PartOfValue, "Umsatzklasse": PartOfValue, "Grade": NearPerfect, "Index": NearPerfect,
		"Reference": NoLevel, "Language": OneLevel, "Remark": FewAnswers, "lifetime VALUE": PartOfValue, "Worth to us": PartOfValue}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("omitted %v\nwant    %v", got, want)
	}
}

// A tier made of two classes of what was paid leaks though neither determines
// it; a column that merely goes with them does not.
func TestDerivedColumnsAreRefused(t *testing.T) {
	d, worth := hotels(200, 4)
	random := rand.New(rand.NewPCG(4, 4))
	column := func(name string, entry func(i int) string) {
		values := make([]string, 200)
		for i := range values {
			values[i] = entry(i)
		}
		d.Customers.Profiles = append(d.Customers.Profiles, dataset.Profile{Name: name, Values: textsOf(values)})
	}
	frequency, spending := random.Perm(200), random.Perm(200)
	column("Frequency class", func(i int) string { return "f" + strconv.Itoa(frequency[i]%4) })
	column("Spending class", func(i int) string { return "s" + strconv.Itoa(spending[i]%3) })
	column("Tier", func(i int) string { return strconv.Itoa(frequency[i]%4 + spending[i]%3) })
	column("Habit", func(i int) string { return strconv.Itoa(frequency[i]%4 + random.IntN(2)) })
	column("Group", func(i int) string { return []string{"Champions", "Hibernating", "other"}[random.IntN(3)] })
	p := FindIdeal(d, worth, "", DefaultOptions())
	var got []string
	for _, o := range p.Omitted {
		got = append(got, p.Columns[o.Column].Name+" "+string(o.Why))
	}
	want := []string{"Frequency class part_of_value", "Spending class part_of_value", "Tier derived", "Group part_of_value"}
	if !slices.Equal(got, want) {
		t.Errorf("omitted %q", got)
	}
}

func TestHeadersThatAreNoLeak(t *testing.T) {
	words := Column{Kind: Free, Texts: textsOf([]string{"x"})}
	numeric := Column{Kind: Free, Texts: textsOf([]string{"1"}), Values: []float64{1}}
	for name, want := range map[string][2]bool{ // words, numeric
		"Sales region": {false, true}, "Sales": {true, true}, "Non-profit": {false, false}, "Manufacturing": {false, false}, "Border": {false, false},
		"Number of orders": {true, true}, "Bestellungen": {true, true}, "年間売上": {true, true}, "Chiffre d'affaires": {true, true}, "CLV": {true, true},
		"Country": {false, false}, "Employees": {false, false}, "Income band": {false, false}, "Vertriebskanal": {false, false}, "": {false, false},
	} {
		words.Name, numeric.Name = name, name
		if got := [2]bool{words.partOfValue("x"), numeric.partOfValue("x")}; got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestRowOrderChangesNothing(t *testing.T) {
	d, worth := hotels(120, 5)
	want := FindIdeal(d, worth, "", DefaultOptions())
	order := rand.New(rand.NewPCG(2, 2)).Perm(120)
	turned := &dataset.Dataset{}
	moved := make([]float64, 120)
	for _, p := range d.Customers.Profiles {
		values := make([]string, 120)
		for i, at := range order {
			values[i] = p.Values.At(at)
		}
		turned.Customers.Profiles = append(turned.Customers.Profiles, dataset.Profile{Name: p.Name, Values: textsOf(values)})
	}
	for i, at := range order {
		moved[i] = worth[at]
		turned.Customers.ID = append(turned.Customers.ID, d.Customers.ID[at])
	}
	got := FindIdeal(turned, moved, "", DefaultOptions())
	if a, b := fmt.Sprintf("%+v %+v %+v %v", got.Levels, got.Numbers, got.Card, got.AUC), fmt.Sprintf("%+v %+v %+v %v", want.Levels, want.Numbers, want.Card, want.AUC); a != b {
		t.Errorf("\n%s\n%s", a, b)
	}
	for i, at := range order {
		if got.Points[i] != want.Points[at] || got.Score[i] != want.Score[at] {
			t.Errorf("customer %d", at)
		}
	}
	for i := range worth {
		worth[i] = math.Exp(worth[i] / 100) // ranks stay
	}
	if p := FindIdeal(d, worth, "", DefaultOptions()); fmt.Sprint(p.Levels) != fmt.Sprint(want.Levels) || p.AUC != want.AUC {
		t.Error("another scale of value changes the profile")
	}
	d.Customers.ID = append(d.Customers.ID, "blank") // an empty customer
	if p := FindIdeal(d, worth, "", DefaultOptions()); fmt.Sprint(p.Levels) != fmt.Sprint(want.Levels) || p.AUC != want.AUC {
		t.Error("a customer without anything changes the profile")
	}
}

func TestIdealThatCannotBe(t *testing.T) {
	d, worth := hotels(39, 1)
	if p := FindIdeal(d, worth, "", DefaultOptions()); p.Refused != TooFew || p.TopN != 10 {
		t.Errorf("%s %d", p.Refused, p.TopN)
	}
	d, worth = hotels(100, 1)
	for i := range worth {
		worth[i] = 7
	}
	if p := FindIdeal(d, worth, "", DefaultOptions()); p.Refused != NoSpread || p.TopN != 0 {
		t.Errorf("%s %d", p.Refused, p.TopN)
	}
	if FindIdeal(d, nil, "", DefaultOptions()) != nil || FindIdeal(&dataset.Dataset{}, nil, "", DefaultOptions()) != nil {
		t.Error("a profile of nobody")
	}
	d, worth = hotels(100, 1)
	d.Customers.Profiles = []dataset.Profile{{Name: "Orders", Values: d.Customers.Profiles[0].Values}}
	if p := FindIdeal(d, worth, "", DefaultOptions()); p.Refused != NoColumns {
		t.Errorf("%s", p.Refused)
	}
	d.Customers.Profiles = nil
	if FindIdeal(d, worth, "", DefaultOptions()) != nil {
		t.Error("a profile without columns")
	}
}

func TestNumericColumns(t *testing.T) {
	if got := numbers(textsOf(strings.Split("1|2|3,5||4|5|6.5", "|"))); len(got) != 7 || got[2] != 3.5 || !math.IsNaN(got[3]) {
		t.Errorf("%v", got)
	}
	for _, list := range []string{"1|2|3|4|5", "1|2|3|4|5|6|x", "NaN|1|2|3|4|5|6", "1e300|1|2|3|4|5|6"} {
		if got := numbers(textsOf(strings.Split(list, "|"))); got != nil {
			t.Errorf("%s: %v", list, got)
		}
	}
}

func FuzzIdeal(f *testing.F) {
	f.Add(uint64(1), uint8(60), uint8(3))
	f.Fuzz(func(t *testing.T, seed uint64, n, answers uint8) {
		random := rand.New(rand.NewPCG(seed, 0))
		d := &dataset.Dataset{}
		worth := make([]float64, n)
		a, b := make([]string, n), make([]string, n)
		for i := range worth {
			d.Customers.ID = append(d.Customers.ID, strconv.Itoa(random.IntN(200)))
			worth[i] = float64(random.IntN(9))
			if random.IntN(5) == 0 {
				worth[i] = []float64{math.NaN(), math.Inf(1)}[random.IntN(2)]
			}
			a[i] = []string{"", "u", "v", "w"}[random.IntN(int(answers%4)+1)]
			b[i] = strconv.Itoa(random.IntN(int(answers) + 1))
		}
		d.Customers.Profiles = []dataset.Profile{{Name: "a", Values: textsOf(a)}, {Name: "b", Values: textsOf(b)}}
		o := DefaultOptions()
		o.MinCustomers = 5
		p := FindIdeal(d, worth, "", o)
		if p == nil {
			return
		}
		for _, l := range p.Levels {
			if l.Top > l.N || l.N > l.Of || l.OfTop > l.Of || !(l.Lift >= 0) || !(l.Odds.P >= 0 && l.Odds.P <= 1) {
				t.Errorf("%+v", l)
			}
		}
	})
}

// textsOf keeps a list as a workbook's column is kept.
func textsOf(list []string) dataset.Texts {
	return dataset.NewTexts(len(list), func(i int) string { return list[i] })
}
