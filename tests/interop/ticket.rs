//! A ticket opened by hand at a desk, for clients that are not ours.

use std::sync::Arc;

use data_encoding::BASE64URL_NOPAD;
use nightline_bundle::Parcel;
use nightline_protocol::{
    Enrolled, Enrolment, Receipt, TokenGrant, TokenRequest, enrolment_statement, token_statement,
};
use nightline_session::{ClientOptions, DeskClient};
use nightline_types::DeskUrl;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::parcel::{Device, clock, now};

/// A ticket that the desk knows and whose bundle is still to come.
pub(crate) struct OpenedTicket {
    pub(crate) endpoint: String,
    pub(crate) token: String,
    client: DeskClient,
    number: nightline_protocol::TicketNumber,
}

impl OpenedTicket {
    pub(crate) async fn open(desk: &DeskUrl, device: &Device, parcel: &Parcel) -> Self {
        let http = Http { desk: desk.clone(), client: reqwest_client() };
        let public_key = BASE64URL_NOPAD.encode(&device.signer.public_key().unwrap());
        let sign = |bytes: Vec<u8>| BASE64URL_NOPAD.encode(&device.signer.sign(&bytes).unwrap());
        let at = now();
        let signature = sign(enrolment_statement(&desk.origin(), &public_key, at));
        let enrolled: Enrolled =
            http.send("POST", "/api/v1/devices", "", &Enrolment { public_key, at, signature }).await;
        let nonce = BASE64URL_NOPAD.encode(&[5; 16]);
        let signature = sign(token_statement(&desk.origin(), &enrolled.device, &nonce, at));
        let request = TokenRequest { device: enrolled.device, at, nonce, signature };
        let grant: TokenGrant = http.send("POST", "/api/v1/devices/token", "", &request).await;
        let number = parcel.ticket().number.clone();
        let path = format!("/api/v1/tickets/{number}");
        let receipt: Receipt = http.send("PUT", &path, &grant.token, parcel.ticket()).await;
        let upload = receipt.upload.unwrap();
        let client =
            DeskClient::new(desk.clone(), Arc::clone(&device.signer), clock(), &ClientOptions::default())
                .unwrap();
        Self { endpoint: upload.endpoint, token: upload.token, client, number }
    }

    pub(crate) async fn receipt(&self) -> Receipt {
        self.client.receipt(&self.number).await.unwrap()
    }
}

struct Http {
    desk: DeskUrl,
    client: reqwest::Client,
}

/// Without TLS, for loopback only.
fn reqwest_client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().unwrap()
}

impl Http {
    async fn send<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: &impl Serialize,
    ) -> T {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = self
            .client
            .request(method, self.desk.at(path))
            .bearer_auth(token)
            .json(body)
            .send()
            .await
            .unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}
