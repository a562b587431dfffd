package deliver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// OAuth says where the token of XOAUTH2 is fetched. With a refresh token it is
// exchanged for one, without by client credentials.
type OAuth struct {
	TokenURL     string // https, or http on this machine
	ClientID     string
	ClientSecret Source
	RefreshToken Source
	Scopes       []string
}

// validate refuses an address that a token would be fetched from in clear over
// the network.
func (o *OAuth) validate() error {
	if o == nil {
		return nil
	}
	u, err := url.Parse(o.TokenURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return refuseSetting("oauth.token_url", o.TokenURL)
	}
	if o.ClientID == "" {
		return refuseSetting("oauth.client_id", "")
	}
	return nil
}

// tokenTimeout is how long the answer of the token's server may take.
const tokenTimeout = 30 * time.Second

// source returns what fetches tokens and keeps one as long as it is valid.
func (o *OAuth) source(ctx context.Context) (oauth2.TokenSource, error) {
	var client, refresh Secret
	var err error
	if !o.ClientSecret.IsZero() {
		if client, err = o.ClientSecret.Load(); err != nil {
			return nil, err
		}
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Timeout: tokenTimeout})
	if o.RefreshToken.IsZero() {
		c := clientcredentials.Config{ClientID: o.ClientID, ClientSecret: client.Reveal(), TokenURL: o.TokenURL, Scopes: o.Scopes}
		return c.TokenSource(ctx), nil
	}
	if refresh, err = o.RefreshToken.Load(); err != nil {
		return nil, err
	}
	c := oauth2.Config{ClientID: o.ClientID, ClientSecret: client.Reveal(), Scopes: o.Scopes, Endpoint: oauth2.Endpoint{TokenURL: o.TokenURL}}
	return c.TokenSource(ctx, &oauth2.Token{RefreshToken: refresh.Reveal()}), nil
}

// token returns a valid token. What the server answers is not repeated but for
// its status and the fixed identifier of the error: it may hold secrets.
func token(source oauth2.TokenSource) (Secret, error) {
	t, err := source.Token()
	if err == nil {
		return NewSecret(t.AccessToken), nil
	}
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) && answer.Response != nil {
		err = errors.New(answer.Response.Status + " " + cleanLine(answer.ErrorCode))
	}
	return Secret{}, problem(err, "token")
}
