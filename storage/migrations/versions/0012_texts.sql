CREATE INDEX ix_activity_values_texts ON activity_values USING gin (to_tsvector('swedish'::regconfig, translate((title || ' '::text) || COALESCE(description, ''::text), 'åäöéüÅÄÖÉÜ'::text, 'aaoeuaaoeu'::text)))
--;
CREATE INDEX ix_needs_texts ON needs USING gin (to_tsvector('swedish'::regconfig, translate((title || ' '::text) || COALESCE(description, ''::text), 'åäöéüÅÄÖÉÜ'::text, 'aaoeuaaoeu'::text)))
