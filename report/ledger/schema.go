package ledger

// migrations are the statements that lead from each version of the tables to
// the next; the first makes version 1. A version that was published is never
// changed.
//
// Times are microseconds since 1970 in UTC, 0 for none. Lists are JSON texts.
var migrations = [][]string{
	{
		`CREATE TABLE report (
			name     {key} PRIMARY KEY,
			first_at BIGINT NOT NULL)`,
		`CREATE TABLE run (
			id              {id},
			report          {key} NOT NULL REFERENCES report (name),
			period          {key} NOT NULL,
			revision        BIGINT NOT NULL CHECK (revision > 0),
			input_sha256    TEXT NOT NULL,
			settings_sha256 TEXT NOT NULL,
			version         TEXT NOT NULL,
			state           TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
			error           TEXT NOT NULL DEFAULT '',
			started_at      BIGINT NOT NULL,
			finished_at     BIGINT NOT NULL DEFAULT 0,
			owner           TEXT NOT NULL,
			lease_to        BIGINT NOT NULL)`,
		// A failed run has made nothing: the next one takes its revision.
		`CREATE UNIQUE INDEX run_name ON run (report, period, revision) WHERE state <> 'failed'`,
		`CREATE INDEX run_by_input ON run (input_sha256)`,
		`CREATE TABLE run_current (
			report {key} NOT NULL REFERENCES report (name),
			period {key} NOT NULL,
			run_id BIGINT NOT NULL REFERENCES run (id),
			PRIMARY KEY (report, period))`,
		`CREATE TABLE snapshot (
			run_id    BIGINT PRIMARY KEY REFERENCES run (id),
			header    TEXT NOT NULL,
			figures   TEXT NOT NULL,
			classes   TEXT NOT NULL,
			gone      BIGINT NOT NULL,
			customers BIGINT NOT NULL)`,
		`CREATE TABLE result (
			run_id      BIGINT NOT NULL REFERENCES snapshot (run_id),
			customer_id {key} NOT NULL,
			position    BIGINT NOT NULL,
			name        TEXT NOT NULL,
			segment     TEXT NOT NULL,
			class       TEXT NOT NULL,
			measures    {blob} NOT NULL,
			PRIMARY KEY (run_id, customer_id)) {clustered}`,
		`CREATE TABLE artifact (
			run_id         BIGINT NOT NULL REFERENCES run (id),
			kind           {key} NOT NULL,
			part           {key} NOT NULL,
			path           {key} NOT NULL,
			sha256         TEXT NOT NULL,
			content_sha256 TEXT NOT NULL,
			bytes          BIGINT NOT NULL,
			PRIMARY KEY (run_id, kind, part, path))`,
		`CREATE TABLE input (
			sha256      TEXT PRIMARY KEY,
			name        {key} NOT NULL,
			bytes       BIGINT NOT NULL,
			received_at BIGINT NOT NULL,
			source      TEXT NOT NULL)`,
		`CREATE INDEX input_by_name ON input (name, received_at)`,
		`CREATE TABLE run_input (
			run_id   BIGINT NOT NULL REFERENCES run (id),
			position BIGINT NOT NULL,
			sha256   TEXT NOT NULL REFERENCES input (sha256),
			name     TEXT NOT NULL,
			PRIMARY KEY (run_id, position))`,
		`CREATE INDEX run_input_by_hash ON run_input (sha256)`,
		`CREATE TABLE delivery (
			id             {id},
			key            {key} NOT NULL UNIQUE,
			run_id         BIGINT NOT NULL REFERENCES run (id),
			report         {key} NOT NULL,
			period         {key} NOT NULL,
			revision       BIGINT NOT NULL,
			part           {key} NOT NULL,
			recipients_to  TEXT NOT NULL,
			recipients_cc  TEXT NOT NULL,
			recipients_bcc TEXT NOT NULL,
			subject        TEXT NOT NULL,
			text           TEXT NOT NULL,
			html           TEXT NOT NULL,
			inline         TEXT NOT NULL,
			attachments    TEXT NOT NULL,
			content_sha256 TEXT NOT NULL,
			message_id     TEXT NOT NULL UNIQUE,
			date           BIGINT NOT NULL,
			state          TEXT NOT NULL CHECK (state IN
				('queued', 'held', 'sending', 'sent', 'retry', 'bounced', 'unknown', 'cancelled')),
			why            TEXT NOT NULL,
			attempt        BIGINT NOT NULL DEFAULT 0,
			next_at        BIGINT NOT NULL,
			owner          TEXT NOT NULL DEFAULT '',
			lease_to       BIGINT NOT NULL DEFAULT 0,
			code           BIGINT NOT NULL DEFAULT 0,
			reply          TEXT NOT NULL DEFAULT '',
			first_at       BIGINT NOT NULL,
			last_at        BIGINT NOT NULL,
			resend_of      BIGINT REFERENCES delivery (id))`,
		`CREATE INDEX delivery_due ON delivery (state, next_at, id)`,
		`CREATE INDEX delivery_by_run ON delivery (run_id, state)`,
		`CREATE INDEX delivery_by_period ON delivery (report, period, state)`,
		`CREATE INDEX delivery_by_original ON delivery (resend_of)`,
		`CREATE TABLE delivery_event (
			id          {id},
			delivery_id BIGINT NOT NULL REFERENCES delivery (id),
			at          BIGINT NOT NULL,
			state       TEXT NOT NULL,
			detail      TEXT NOT NULL)`,
		`CREATE INDEX delivery_event_of ON delivery_event (delivery_id, id)`,
	},
	{
		`CREATE TABLE schedule (
			id          {id},
			name        {key} NOT NULL UNIQUE,
			report      TEXT NOT NULL,
			config      TEXT NOT NULL,
			rule        TEXT NOT NULL,
			zone        TEXT NOT NULL,
			misfire     TEXT NOT NULL,
			max_catchup BIGINT NOT NULL,
			grace       BIGINT NOT NULL,
			enabled     BIGINT NOT NULL,
			next_run    BIGINT NOT NULL)`,
		`CREATE TABLE schedule_fired (
			schedule_id BIGINT NOT NULL REFERENCES schedule (id),
			period      {key} NOT NULL,
			at          BIGINT NOT NULL,
			PRIMARY KEY (schedule_id, period))`,
		`CREATE TABLE watched_file (
			path     {key} PRIMARY KEY,
			bytes    BIGINT NOT NULL,
			modified BIGINT NOT NULL,
			sha256   TEXT NOT NULL,
			seen_at  BIGINT NOT NULL)`,
		`CREATE TABLE rejected_file (
			id      {id},
			sha256  TEXT NOT NULL,
			name    TEXT NOT NULL,
			code    TEXT NOT NULL,
			message TEXT NOT NULL,
			at      BIGINT NOT NULL)`,
	},
	{
		`CREATE TABLE worker (
			owner      {key} PRIMARY KEY,
			started_at BIGINT NOT NULL,
			seen_at    BIGINT NOT NULL)`,
	},
	{
		// What was rendered for runs that are not over, of the reports that several
		// processes make together.
		`CREATE TABLE run_part (
			run_id         BIGINT NOT NULL REFERENCES run (id),
			edition        {key} NOT NULL,
			n              BIGINT NOT NULL,
			name           TEXT NOT NULL,
			path           TEXT NOT NULL,
			sha256         TEXT NOT NULL,
			content_sha256 TEXT NOT NULL,
			bytes          BIGINT NOT NULL,
			error          TEXT NOT NULL,
			PRIMARY KEY (run_id, edition, n)) {clustered}`,
	},
	{
		`ALTER TABLE worker ADD COLUMN house TEXT NOT NULL DEFAULT ''`,
		`ALTER TABLE worker ADD COLUMN settings TEXT NOT NULL DEFAULT ''`,
	},
}

// What one of the databases needs besides, by version: a delivery's history
// is only added to.
var (
	sqliteOnly = map[int][]string{1: {
		`CREATE TRIGGER delivery_event_kept BEFORE UPDATE ON delivery_event BEGIN SELECT RAISE(ABORT, 'delivery_event is append-only'); END`,
		`CREATE TRIGGER delivery_event_stays BEFORE DELETE ON delivery_event BEGIN SELECT RAISE(ABORT, 'delivery_event is append-only'); END`,
	}}
	postgresOnly = map[int][]string{1: {
		`CREATE FUNCTION delivery_event_kept() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN RAISE EXCEPTION 'delivery_event is append-only'; END $$`,
		`CREATE TRIGGER delivery_event_kept BEFORE UPDATE OR DELETE ON delivery_event
			FOR EACH ROW EXECUTE FUNCTION delivery_event_kept()`,
	}}
)
