package dataset

// A Recipient is one row of a list of recipients: a group of addresses that
// gets one message for each of its parts.
type Recipient struct {
	To  []string `yaml:"to"` // addresses as they are written
	Cc  []string `yaml:"cc"`
	Bcc []string `yaml:"bcc"`
	// Parts name what the group gets: IDs or names of customers, segments, or
	// one of the words of [AllParts]. None at all is nothing, not everything.
	Parts    []string `yaml:"parts"`
	Language string   `yaml:"language"` // of the message and the files, "" = the report's
	Formats  []string `yaml:"formats"`  // of the files, none = the run's
	// PasswordVariable names the environment variable with the password of the
	// files, "" for none.
	PasswordVariable string `yaml:"password_variable"`
	Ref              Ref    `yaml:"-"` // the row of the list
}

// AllParts are the words that mean the whole report, or every part of it where
// the whole is not sent.
var AllParts = []string{"all", "*", "alle", "alles", "everything"}
