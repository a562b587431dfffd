package deliver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"valuebook/report/deliver"
	"valuebook/report/ledger"
)

// bearer is the server's side of XOAUTH2.
type bearer struct {
	check func(user, token string) error
}

func (b bearer) Next(response []byte) ([]byte, bool, error) {
	user, rest, _ := strings.Cut(strings.TrimPrefix(string(response), "user="), "\x01")
	return nil, true, b.check(user, strings.TrimSuffix(strings.TrimPrefix(rest, "auth=Bearer "), "\x01\x01"))
}

// TestTokens logs in with tokens that are fetched by client credentials and by
// a refresh token; a refusal tells no secret.
func TestTokens(t *testing.T) {
	asked := 0
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		_, secret, _ := r.BasicAuth()
		if secret == "" {
			secret = r.PostFormValue("client_secret")
		}
		w.Header().Set("Content-Type", "application/json")
		if secret != "client-secret" || r.PostFormValue("grant_type") == "refresh_token" && r.PostFormValue("refresh_token") != "refresh-secret" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = fmt.Fprintf(w, `{"error":"invalid_client","error_description":"%s is wrong"}`, secret)
			return
		}
		_, _ = fmt.Fprintf(w, `{"access_token":%q,"token_type":"Bearer","expires_in":3600}`, relayPassword)
	}))
	defer tokens.Close()
	t.Setenv("CLIENT_SECRET", "client-secret")
	t.Setenv("REFRESH_TOKEN", "refresh-secret")
	t.Setenv("WRONG_SECRET", "guessed-secret")
	r := startRelay(t, relayOptions{})
	s := r.server(t)
	s.Auth, s.Secret, s.PerConnection = deliver.AuthXOAUTH2, deliver.Source{}, 1
	for name, o := range map[string]deliver.OAuth{
		"client credentials": {ClientSecret: deliver.Source{Variable: "CLIENT_SECRET"}, Scopes: []string{"mail"}},
		"refresh token":      {ClientSecret: deliver.Source{Variable: "CLIENT_SECRET"}, RefreshToken: deliver.Source{Variable: "REFRESH_TOKEN"}},
	} {
		o.TokenURL, o.ClientID, asked = tokens.URL, "valuebook", 0
		s.OAuth = &o
		b := newBox(t, s, many(3)...)
		if tally, err := newSender(t, s).Run(t.Context(), b); err != nil || tally.Sent != 3 || asked != 1 {
			t.Errorf("%s: %+v, %v, %d tokens", name, tally, err, asked)
		}
	}
	s.OAuth = &deliver.OAuth{TokenURL: tokens.URL, ClientID: "valuebook", ClientSecret: deliver.Source{Variable: "WRONG_SECRET"}}
	b := newBox(t, s, many(1)...)
	_, err := deliver.SendOne(t.Context(), b, b.ids[0], newSender(t, s))
	if p := deliver.ProblemOf(err); p == nil || p.Message.Code != "deliver.token" || strings.Contains(err.Error(), "guessed") {
		t.Error(err)
	}
	if d := b.delivery(t, 0); d.State != ledger.Queued {
		t.Errorf("the delivery is %s", d.State)
	}
}
