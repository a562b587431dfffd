package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"strings"
	"testing"

	"valuebook/report"
	"valuebook/report/analysis"
	"valuebook/report/analysis/movement"
	"valuebook/report/analysis/quadrant"
	"valuebook/report/dataset"
	"valuebook/report/jsondoc"
	"valuebook/report/wording"
	"valuebook/samples/golden"
	"valuebook/templates"
)

var nan = math.NaN()

// small returns four customers who rate one benefit and one cost, 1 to 10, of
// us and of a rival. C3 reports no cost at all, C4 answers nothing.
func small(rival bool) *dataset.Dataset {
	scale := dataset.Scale{Lo: 1, Hi: 10}
	d := &dataset.Dataset{
		Period: "2026-10",
		Customers: dataset.Customers{
			ID: []string{"C1", "C2", "C3", "C4"}, Name: []string{"Ada & <Söhne>", "", "\"Quote\"", "Ünal 😀"},
			Segment: []string{"Retail", "Retail", "Trade", "Trade"},
		},
		Attributes: []dataset.Attribute{
			{ID: "service", Label: "Service", Scale: scale, Weight: nan},
			{ID: "price", Label: "Price", Side: dataset.Cost, Group: dataset.Monetary, Scale: scale, Weight: nan},
		},
		Suppliers: []dataset.Supplier{{Name: "us", Own: true}, {Name: "Nordwind"}},
		Ratings: []dataset.Series{
			{Values: []float64{10, 4, 7, nan}}, {Values: []float64{4, 10, 1, nan}},
			{Values: []float64{7, 7, 7, nan}}, {Values: []float64{4, 4, 4, nan}},
		},
		Receipt: dataset.Receipt{
			File: "small.xlsx", SHA256: "00ff", Format: "xlsx", Layout: dataset.LayoutWide,
			Tables: []dataset.Table{{
				Sheet: "Ratings", FirstRow: 2, FirstCol: 1, LastRow: 7, LastCol: 3, HeaderRows: []int{2},
				Role: dataset.TableWide, RowsRead: 4, Skipped: []dataset.Skip{{Row: 7, Why: "total"}},
				Columns: []dataset.Column{
					{Col: 1, Header: "Customer", Role: dataset.ColumnID},
					{Col: 3, Header: "Price", Role: dataset.ColumnRating, Attribute: "Price", Supplier: "us", Scale: scale, Guess: true},
				},
			}},
		},
		Findings: []dataset.Finding{{
			Code: "setting-unknown", Severity: dataset.Error, Got: "detla",
			Ref:  dataset.Ref{File: "small.xlsx", Sheet: "Parameters", Row: 4, Col: 1},
			Args: []dataset.Quantity{dataset.Str("detla"), dataset.Str("delta")},
		}},
	}
	if !rival {
		d.Suppliers, d.Ratings = d.Suppliers[:1], d.Ratings[:2]
	}
	return d
}

func words(t *testing.T) *wording.Writer {
	t.Helper()
	catalogue, err := templates.Catalogue("en", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := wording.NewWriter(catalogue, "", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func reported(d *dataset.Dataset) *report.Report {
	return report.Build(d, analysis.Analyse(d, analysis.DefaultOptions()), report.Meta{Version: "test"})
}

// document renders a report and returns the text and the parsed document.
func document(t *testing.T, r *report.Report) (string, map[string]any) {
	t.Helper()
	var out bytes.Buffer
	if err := jsondoc.Render(&out, r, words(t)); err != nil {
		t.Fatal(err)
	}
	var parsed map[string]any
	if err := json.Unmarshal(out.Bytes(), &parsed); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	return out.String(), parsed
}

func TestGolden(t *testing.T) {
	text, _ := document(t, &report.Report{Dataset: small(true), Version: "test"})
	golden.Equal(t, "checked.json", []byte(text))
}

// contract is every key of the document, as other programs rely on them. Keys
// below settings and the names of classes, verdicts and weights are free.
const contract = `
schema version input settings receipt findings market offers portfolio quadrant customers segments sentences
input.file input.sha256 input.period input.as_of
receipt.sheet receipt.range receipt.header_rows receipt.role receipt.rows_read receipt.rows_skipped receipt.columns
receipt.rows_skipped.row receipt.rows_skipped.why
receipt.columns.column receipt.columns.header receipt.columns.role receipt.columns.attribute receipt.columns.supplier
receipt.columns.scale receipt.columns.direction receipt.columns.guess receipt.columns.why
receipt.hidden_rows receipt.converted receipt.rejected receipt.confidence receipt.runner_up receipt.given
receipt.columns.side receipt.columns.converted receipt.columns.confidence receipt.columns.runner_up receipt.columns.given
receipt.columns.runner_up.column receipt.columns.runner_up.role receipt.columns.runner_up.side receipt.columns.runner_up.scale
findings.code findings.severity findings.sheet findings.cell findings.got findings.want findings.fix findings.count findings.text
market.cva market.cva_ci market.mpq market.relative_price market.price_base market.win_loss market.suppliers
market.attributes market.refused market.mpq_ci market.relative_price_ci market.relative market.relative_ci market.win_share
market.suppliers.name market.suppliers.own market.suppliers.quality market.suppliers.price
market.suppliers.relative_price market.suppliers.distance market.suppliers.position
market.attributes.attribute market.attributes.side market.attributes.weight market.attributes.own
market.attributes.rival market.attributes.ratio market.attributes.difference market.attributes.ci
market.attributes.n market.attributes.verdict
portfolio.value portfolio.value_ci portfolio.benefits portfolio.costs portfolio.regret_share portfolio.refused
portfolio.customers portfolio.rated portfolio.ratio portfolio.verdicts portfolio.no_cost
quadrant.x quadrant.y quadrant.x_threshold quadrant.y_threshold quadrant.mode quadrant.classes
quadrant.not_classified quadrant.border quadrant.refused
customers.id customers.name customers.segment customers.benefits customers.costs customers.value customers.ratio
customers.ratio_reason customers.coverage customers.verdict customers.rank customers.relative
customers.relative_index customers.rivals customers.contributions customers.x customers.y customers.class
customers.border customers.flip_axis customers.flip_distance customers.nearest_change customers.why customers.revenue
customers.rivals.supplier customers.rivals.value
customers.contributions.attribute customers.contributions.side customers.contributions.points
customers.nearest_change.attribute customers.nearest_change.from customers.nearest_change.to
customers.nearest_change.class
segments.name segments.n segments.value segments.value_ci segments.classes
customers.cost_to_firm customers.rfm customers.rfm_segment
purchases purchases.transactions purchases.customers purchases.revenue purchases.cost purchases.first purchases.last purchases.skipped
purchases.skipped.why purchases.skipped.n purchases.orders purchases.repeaters purchases.refunds purchases.unknown_costs purchases.refused
concentration concentration.of concentration.n concentration.missing concentration.total concentration.top20_share concentration.gini
concentration.gini_corrected concentration.customers_for_80 concentration.refused concentration.whale concentration.earnings
rfm rfm.mode rfm.n rfm.edges rfm.counts rfm.segments rfm.unreachable rfm.uncovered rfm.refused
rfm.edges.recency rfm.edges.frequency rfm.edges.monetary rfm.counts.recency rfm.counts.frequency rfm.counts.monetary
rfm.segments.name rfm.segments.id rfm.segments.n rfm.segments.orders rfm.segments.revenue rfm.segments.average_order_value rfm.segments.scores
drivers drivers.refused drivers.attribute drivers.weight drivers.sign drivers.correlation drivers.ci drivers.share drivers.rank drivers.left_out
customers.lifetime_value customers.p_alive
lifetime lifetime.refused lifetime.model lifetime.why lifetime.parameters lifetime.horizon lifetime.discount lifetime.margin lifetime.revenue
lifetime.unit_days lifetime.equity lifetime.windows lifetime.log_likelihood lifetime.repeaters lifetime.retention lifetime.declined lifetime.remarks
lifetime.equity.customers lifetime.equity.total lifetime.equity.ci lifetime.equity.negative lifetime.equity.without_negative
lifetime.equity.new_per_month lifetime.equity.new_value lifetime.equity.new_customer_value
lifetime.windows.months lifetime.windows.kind lifetime.windows.customers lifetime.windows.revenue lifetime.windows.value lifetime.windows.young lifetime.windows.unknown
lifetime.declined.model lifetime.declined.code lifetime.declined.text lifetime.del lifetime.period_months lifetime.cohorts
lifetime.cohorts.name lifetime.cohorts.n lifetime.cohorts.period lifetime.cohorts.left lifetime.cohorts.fitted lifetime.cohorts.alpha lifetime.cohorts.beta
lifetime.cohorts.log_likelihood lifetime.cohorts.del
importance importance.source importance.attributes importance.attributes.attribute importance.attributes.importance importance.attributes.performance
importance.attributes.by_mean importance.attributes.by_midpoint importance.attributes.by_median importance.attributes.gap
profile profile.refused profile.n profile.top profile.auc profile.levels profile.numbers profile.scorecard profile.left_out profile.caution
voice voice.attribute voice.n voice.praise voice.complaints voice.tone voice.gap voice.field voice.quotes
loyalty loyalty.rebuy_share loyalty.rebuy_ci loyalty.advocacy loyalty.advocacy_ci loyalty.promoters loyalty.detractors
concepts concepts.needs concepts.claims concepts.value_based_prices concepts.fair_prices concepts.access_costs concepts.effort concepts.exchange
concepts.needs.need concepts.needs.served_by concepts.needs.best concepts.needs.unserved
concepts.claims.attribute concepts.claims.difference concepts.claims.ci concepts.claims.distinctive concepts.claims.measurable
concepts.value_based_prices.against concepts.value_based_prices.reference concepts.value_based_prices.value_based concepts.value_based_prices.ci concepts.value_based_prices.price
concepts.fair_prices.supplier concepts.fair_prices.price concepts.fair_prices.fair
concepts.access_costs.supplier concepts.access_costs.cost concepts.access_costs.ci concepts.access_costs.n
concepts.effort.process concepts.effort.steps concepts.effort.without_value concepts.effort.time_share concepts.effort.cost_share
driver_model driver_model.outcome driver_model.method driver_model.n driver_model.r2 driver_model.p
movement movement.before movement.refused movement.code movement.frozen movement.x_threshold movement.y_threshold movement.stability movement.customers
movement.matrix movement.matrix.from movement.matrix.to movement.movers movement.by_line movement.trend movement.trend.periods movement.trend.figures
movement.movers.id movement.movers.name movement.movers.from movement.movers.to movement.movers.cause movement.movers.attribute movement.movers.axis
movement.movers.before movement.movers.now movement.movers.parts movement.movers.parts.cause movement.movers.parts.attribute movement.movers.parts.points
movement.trend.figures.figure movement.trend.figures.unit movement.trend.figures.values movement.trend.classes movement.trend.classes.class movement.trend.classes.counts customers.class_before
sentences.code sentences.text sentences.evidence
offers.name offers.benefits offers.costs offers.value offers.ratio offers.rank offers.class
offers.quality offers.relative_price offers.distance offers.position
`

func TestOnlyKeysOfTheContract(t *testing.T) {
	promised := map[string]bool{}
	for _, key := range strings.Fields(contract) {
		promised[key] = true
	}
	for _, d := range []*dataset.Dataset{small(true), small(false)} {
		_, doc := document(t, reported(d))
		delete(doc, "settings")
		for key := range keys("", doc) {
			if !promised[key] {
				t.Errorf("%s is not in the contract", key)
			}
		}
	}
}

// keys collects the paths of all keys but those of counts by identifier.
func keys(path string, value any) map[string]bool {
	found := map[string]bool{}
	switch value := value.(type) {
	case map[string]any:
		for key, below := range value {
			found[strings.TrimPrefix(path+"."+key, ".")] = true
			if key != "classes" && key != "verdicts" {
				maps.Copy(found, keys(path+"."+key, below))
			}
		}
	case []any:
		for _, below := range value {
			maps.Copy(found, keys(path, below))
		}
	}
	return found
}

func TestSettings(t *testing.T) {
	_, doc := document(t, reported(small(true)))
	settings := doc["settings"].(map[string]any)
	if settings["delta"] != 5.0 || settings["seed"] != 1.0 || settings["fair_value_line"] != "diagonal" {
		t.Errorf("settings are %v", settings)
	}
	weights := settings["weights"].(map[string]any)
	if weights["Service"] != 100.0 || weights["Price"] != 100.0 {
		t.Errorf("weights are %v, want 100 within each side", weights)
	}
	thresholds := settings["thresholds"].(map[string]any)
	if thresholds["perceived-value"] != 0.0 {
		t.Errorf("thresholds are %v", thresholds)
	}
}

// TestNumbers compares with figures computed by hand: on 1 to 10 the unit
// value is (x-1)/9, so C1 has benefits 100, costs 100/3, value 200/3, ratio 3.
func TestNumbers(t *testing.T) {
	_, doc := document(t, reported(small(true)))
	customers := doc["customers"].([]any)
	first := customers[0].(map[string]any)
	for field, want := range map[string]float64{
		"benefits": 100, "costs": 100.0 / 3, "value": 200.0 / 3, "ratio": 3, "coverage": 1, "rank": 1.5,
	} {
		if got, _ := first[field].(float64); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s of C1 = %v, want %v", field, first[field], want)
		}
	}
	rival := first["rivals"].([]any)[0].(map[string]any)
	if rival["supplier"] != "Nordwind" || math.Abs(rival["value"].(float64)-100.0/3) > 1e-12 {
		t.Errorf("rivals of C1 are %v; its value is 600/9 - 300/9", rival)
	}
}

func TestWhatIsMissingIsAbsentWithItsReason(t *testing.T) {
	_, doc := document(t, reported(small(true)))
	customers := doc["customers"].([]any)
	free, blank := customers[2].(map[string]any), customers[3].(map[string]any)
	if _, has := free["ratio"]; has || free["ratio_reason"] != "no_cost_reported" {
		t.Errorf("infinite ratio: %v, %v", free["ratio"], free["ratio_reason"])
	}
	for _, field := range []string{"value", "benefits", "costs", "ratio", "rank", "verdict", "x", "y"} {
		if got, has := blank[field]; has {
			t.Errorf("C4 answered nothing and has %s = %v", field, got)
		}
	}
	if blank["ratio_reason"] != "not_rated" {
		t.Errorf("ratio_reason of C4 is %v", blank["ratio_reason"])
	}
}

func TestRefusal(t *testing.T) {
	_, doc := document(t, reported(small(false)))
	market := doc["market"].(map[string]any)
	if text, _ := market["refused"].(string); len(market) != 1 || !strings.Contains(text, "rival") {
		t.Errorf("market without a rival is %v", market)
	}
}

// TestNothingIsNull walks all documents: absent parts are absent.
func TestNothingIsNull(t *testing.T) {
	empty := &dataset.Dataset{}
	for name, d := range map[string]*dataset.Dataset{"rival": small(true), "no rival": small(false), "empty": empty} {
		text, doc := document(t, reported(d))
		walk(t, name, doc)
		if strings.Contains(text, "NaN") || strings.Contains(text, "\\u003c") {
			t.Errorf("%s: NaN or escaped HTML in the document", name)
		}
	}
}

func walk(t *testing.T, path string, value any) {
	t.Helper()
	switch value := value.(type) {
	case nil:
		t.Errorf("%s is null", path)
	case map[string]any:
		for key, below := range value {
			walk(t, path+"."+key, below)
		}
	case []any:
		for _, below := range value {
			walk(t, path+"[]", below)
		}
	}
}

func TestRenderAll(t *testing.T) {
	r := reported(small(true))
	var out bytes.Buffer
	if err := jsondoc.RenderAll(&out, []*report.Report{r, r}, []*wording.Writer{words(t), words(t)}); err != nil {
		t.Fatal(err)
	}
	var all struct{ Reports []map[string]any }
	if err := json.Unmarshal(out.Bytes(), &all); err != nil || len(all.Reports) != 2 {
		t.Fatalf("%v, %d reports", err, len(all.Reports))
	}
	if all.Reports[0]["schema"] != "valuebook.report/1" {
		t.Errorf("schema %v", all.Reports[0]["schema"])
	}
	out.Reset()
	if err := jsondoc.RenderAll(&out, nil, nil); err != nil || out.String() != "{\n  \"reports\": []\n}\n" {
		t.Errorf("no report: %v %q", err, out.String())
	}
}

// TestMovementGolden holds the comparison with the month before, in which a
// customer rated otherwise, one was not there yet, and one is lost since.
func TestMovementGolden(t *testing.T) {
	o := analysis.DefaultOptions()
	o.Axes = [2]quadrant.Measure{quadrant.PerceivedValue, quadrant.Relative}
	d, was := small(true), small(true)
	was.Period = "2026-09"
	was.Ratings[0].Values[0], was.Ratings[1].Values[0] = 1, 10
	was.Customers.ID[3] = "C9"
	before := analysis.Snapshot(was, analysis.Analyse(was, o))
	early := before.Point()
	early.Period, early.Classes = "2026-08", nil
	r := report.Build(d, analysis.Analyse(d, o), report.Meta{Version: "test", Past: report.Past{Before: before, Points: []movement.Point{early, before.Point()}}})
	_, doc := document(t, r)
	text, err := json.MarshalIndent(doc["movement"], "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, "movement.json", append(text, '\n'))
}
