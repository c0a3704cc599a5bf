-- One inmate, one page: what is his is found by him, over all slices.
CREATE INDEX application_inmate ON application (inmate_id, state_at) WHERE inmate_id IS NOT NULL;
CREATE INDEX booking_of_inmate ON booking (inmate_id, starts_at);
