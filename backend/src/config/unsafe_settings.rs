//! What production may not start with: a list, so that all of it is named at once.

use std::{os::unix::fs::PermissionsExt, path::Path};

use domain::{access::Level, kernel::EmailAddress};
use secrecy::ExposeSecret;

use super::{OidcClient, ScannerAddress, Settings, SmtpTls, Unsafe};
use crate::db::travels_unsealed;

type Finding = (bool, &'static str, &'static str);

pub fn findings(settings: &Settings) -> Vec<Unsafe> {
    let all = places(settings).into_iter().chain(people(settings));
    let all = all.chain(victims(settings)).chain(limits(settings)).chain(files(settings));
    let all = all.chain(lawyers(settings));
    all.filter(|(bad, ..)| *bad).map(|(_, key, why)| Unsafe { key, why }).collect()
}

fn places(settings: &Settings) -> Vec<Finding> {
    let (public, ops) = (settings.server.listen, settings.ops.listen);
    let file = settings.vault.master_key_file.as_deref();
    let no_key = settings.vault.master_key.is_none() && !file.is_some_and(Path::exists);
    let key = "no master key: neither the file nor VARDE_VAULT__MASTER_KEY is there";
    let shared =
        ops == public || (ops.ip() == public.ip() && !ops.ip().is_loopback()) || ops.ip().is_unspecified();
    vec![
        (!settings.is_https(), "server.base_url", "is not https"),
        (shared, "ops.listen", "is reachable on the public address"),
        (no_key, "vault.master_key_file", key),
        (file.is_some_and(is_open_to_others), "vault.master_key_file", "others on this machine may read it"),
        (keeps_nothing(&settings.database.url), "database.url", "keeps nothing"),
        (travels_unsealed(&settings.database.url), "database.url", "rows would cross the network unsealed"),
        (settings.smtp.host.is_empty(), "smtp.host", "is empty: nothing would be sent"),
        (settings.smtp.from.ends_with(".example"), "smtp.from", "is the demo's address"),
        (EmailAddress::parse(&settings.smtp.from).is_err(), "smtp.from", "is no e-mail address"),
        (
            settings.smtp.tls == SmtpTls::None && !is_here(&settings.smtp.host),
            "smtp.tls",
            "mail would go unsealed",
        ),
    ]
}

fn keeps_nothing(url: &str) -> bool {
    url.starts_with("sqlite::memory") || url.contains("mode=memory")
}

/// Its group or everybody.
fn is_open_to_others(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

/// A relay on this very machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn people(settings: &Settings) -> Vec<Finding> {
    let (citizen, staff) = (&settings.oidc.citizen, &settings.oidc.staff);
    let (test, weak, low) =
        ("is a test provider or not https", "is missing, short or the demo's", "is below level substantial");
    vec![
        (
            settings.identity.synthetic_numbers,
            "identity.synthetic_numbers",
            "synthetic identity numbers are allowed",
        ),
        (is_test_issuer(&citizen.issuer), "oidc.citizen.issuer", test),
        (is_test_issuer(&staff.issuer), "oidc.staff.issuer", test),
        (has_weak_secret(citizen), "oidc.citizen.client_secret", weak),
        (has_weak_secret(staff), "oidc.staff.client_secret", weak),
        (has_no_key(citizen), "oidc.citizen.signing_key_files", "name no usable RSA key"),
        (has_no_key(staff), "oidc.staff.signing_key_files", "name no usable RSA key"),
        (is_test_machine(settings), "maskinporten.issuer", test),
        (
            settings.maskinporten.has_broken_senders(),
            "maskinporten.senders",
            "are not pairs of consumer=source",
        ),
        (
            settings.maskinporten.has_broken_vouchers(),
            "maskinporten.vouchers",
            "are not pairs of consumer=source",
        ),
        (
            settings.maskinporten.has_one_scope(),
            "maskinporten.inmate_scope",
            "is the case system's too: one token would open both doors",
        ),
        (is_no_level(&settings.identity.contact_level), "identity.contact_level", "is no level"),
        (settings.identity.contact_level() < Level::Substantial, "identity.contact_level", low),
        (!is_strong(citizen), "oidc.citizen.acr", low),
        (!is_strong(staff), "oidc.staff.acr", low),
    ]
}

fn victims(settings: &Settings) -> Vec<Finding> {
    let (client, notices) = (&settings.oidc.victim, &settings.notices);
    let high = crate::oidc::level_of(&client.acr) == Some(Level::High);
    let mail = EmailAddress::parse(&notices.mail_from);
    let names_us = |host: &str| notices.mail_from.to_ascii_lowercase().ends_with(&host.to_ascii_lowercase());
    let domain = settings.smtp.from.rsplit_once('@').map_or("", |(_, domain)| domain);
    let demo = notices.mail_from.ends_with(".example");
    vec![
        (is_test_issuer(&client.issuer), "oidc.victim.issuer", "is a test provider or not https"),
        (has_weak_secret(client), "oidc.victim.client_secret", "is missing, short or the demo's"),
        (has_no_key(client), "oidc.victim.signing_key_files", "name no usable RSA key"),
        (!high, "oidc.victim.acr", "is below level high"),
        (mail.is_err() || demo, "notices.mail_from", "is no address, or the demo's"),
        (!domain.is_empty() && names_us(domain), "notices.mail_from", "names the portal's own domain"),
        (!notices.sms_url.starts_with("https://"), "notices.sms_url", "is not https: nothing would be sent"),
        (is_open(&settings.texts.url), "texts.url", "is not https"),
        (notices.duty_phones().len() < 2, "notices.duty_phones", "are fewer than two"),
        (notices.duty_phones.contains("99999901"), "notices.duty_phones", "are the demo's"),
    ]
}

/// Empty is that nobody is offered text messages.
fn is_open(url: &str) -> bool {
    !url.is_empty() && !url.starts_with("https://")
}

/// No issuer at all: nobody may call.
fn is_test_machine(settings: &Settings) -> bool {
    let issuer = &settings.maskinporten.issuer;
    !issuer.is_empty() && is_test_issuer(issuer)
}

/// Empty is the level that stands when nothing is said.
fn is_no_level(text: &str) -> bool {
    !text.is_empty() && Level::parse(text).is_none()
}

fn limits(settings: &Settings) -> Vec<Finding> {
    let (idle, absolute) = (settings.session.idle_minutes, settings.session.absolute_minutes);
    vec![
        (!(1..=30).contains(&idle), "session.idle_minutes", "is not 1 to 30"),
        (!(1..=30).contains(&settings.session.fresh_minutes), "session.fresh_minutes", "is not 1 to 30"),
        (!(1..=120).contains(&absolute), "session.absolute_minutes", "is not 1 to 120"),
    ]
}

fn files(settings: &Settings) -> Vec<Finding> {
    let blobs = &settings.blobs;
    let scanner = blobs.scanner();
    let far = matches!(&scanner, Some(ScannerAddress::Tcp(host)) if !is_here(host.rsplit_once(':').map_or("", |(h, _)| h)));
    let keyless = blobs.bucket().is_some() && !blobs.has_keys();
    let open = !blobs.s3_endpoint.is_empty() && !blobs.s3_endpoint.starts_with("https://");
    vec![
        (scanner.is_none(), "blobs.scanner", "is off, or neither unix:path nor tcp:host:port"),
        (far, "blobs.scanner", "files would cross the network unsealed: scan on this machine"),
        (open, "blobs.s3_endpoint", "is not https"),
        (keyless, "blobs.s3_secret_key", "is missing, or its s3_access_key"),
    ]
}

/// Off, nothing of it is asked of anybody.
fn lawyers(settings: &Settings) -> Vec<Finding> {
    let lawyers = &settings.lawyers;
    if !lawyers.has_service() {
        return vec![];
    }
    let keys = crate::oidc::ClientKeys::read(lawyers.signing_key_file.as_slice());
    let keyless = keys.map_or(true, |keys| keys.is_empty());
    vec![
        (!lawyers.url.starts_with("https://"), "lawyers.url", "is not https: numbers would go unsealed"),
        (lawyers.client_id.is_empty(), "lawyers.client_id", "is empty: there is no token to ask with"),
        (keyless, "lawyers.signing_key_file", "names no usable RSA key"),
        (!lawyers.has_key(), "lawyers.subscription_key", "is empty"),
        (settings.maskinporten.issuer.is_empty(), "maskinporten.issuer", "is empty: nobody gives a token"),
    ]
}

/// TestID, and the test environments of ID-porten and Ansattporten.
fn is_test_issuer(issuer: &str) -> bool {
    let issuer = issuer.to_ascii_lowercase();
    !issuer.starts_with("https://")
        || issuer.contains("/testid")
        || issuer.contains("://test.")
        || issuer.contains("localhost")
}

/// The files that are named cannot be read as keys.
fn has_no_key(client: &OidcClient) -> bool {
    crate::oidc::ClientKeys::read(&client.signing_key_files).is_err()
}

/// Without keys the secret is all there is.
fn has_weak_secret(client: &OidcClient) -> bool {
    client.signing_key_files.is_empty() && client.client_secret.expose_secret().len() < 16
}

fn is_strong(client: &OidcClient) -> bool {
    crate::oidc::level_of(&client.acr).is_some_and(|level| level >= Level::Substantial)
}
