"""Statements about ways in that the database refuses, with the constraint that they break."""

BAD_ACCESS = {
    "an account that asks twice": (
        "INSERT INTO account_requests (platform, tenant, user_id, person_id, name, language, "
        "address, place, asked_at, expires_at) VALUES ('slack', 'T1', 'U1', 2, 'x', 'sv', 'D', "
        "'', now(), now())",
        "uq_account_requests_platform_tenant_user_id",
    ),
    "a link to link an account twice": (
        "INSERT INTO account_requests (platform, tenant, user_id, person_id, name, language, "
        "address, place, token_hash, asked_at, expires_at) VALUES ('slack', 'T1', 'U2', 2, 'x', "
        "'sv', 'D', '', 'x', now(), now())",
        "uq_account_requests_token_hash",
    ),
    "an account that asks in a language nobody speaks here": (
        "UPDATE account_requests SET language = 'fi'",
        "ck_account_requests_language",
    ),
    "an account's request that ends otherwise": (
        "UPDATE account_requests SET outcome = 'maybe', settled_at = now()",
        "ck_account_requests_outcome",
    ),
    "an account that was not mailed for another reason": (
        "UPDATE account_requests SET unmailed = 'forgotten'",
        "ck_account_requests_unmailed",
    ),
    "an account's request settled at no time": (
        "UPDATE account_requests SET outcome = 'linked'",
        "ck_account_requests_settled",
    ),
    "a link to install by twice": (
        "INSERT INTO install_links (platform, token_hash, made_by, expires_at) VALUES "
        "('slack', 'x', 'test', now())",
        "uq_install_links_token_hash",
    ),
}
