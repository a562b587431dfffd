package deliver

import (
	"errors"

	"valuebook/report/dataset"
)

// A Problem is a failure that a person can do something about: a setting, a
// secret, the mail server. Message and Hint are texts of the catalogue, below
// "deliver." and "deliver.hint.".
type Problem struct {
	Message dataset.Message
	Hint    dataset.Message
	Err     error // the cause, nil without one; it holds no secret
}

// Error returns the code of the message and the cause.
func (p *Problem) Error() string {
	if p.Err == nil {
		return p.Message.Code
	}
	return p.Message.Code + ": " + p.Err.Error()
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// problem returns a Problem. The cause's text is the last argument of its
// message.
func problem(err error, code string, args ...dataset.Quantity) *Problem {
	if err != nil {
		args = append(args, dataset.Str(err.Error()))
	}
	return &Problem{Message: dataset.Msg("deliver."+code, args...), Hint: dataset.Msg("deliver.hint." + code), Err: err}
}

// ProblemOf returns the problem among an error's causes, nil without one.
func ProblemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}
