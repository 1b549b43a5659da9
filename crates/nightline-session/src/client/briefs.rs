//! How all tickets of this device stand, asked for again and again: while nothing changes, one small request each time.

use std::sync::Arc;

use nightline_protocol::{ErrorCode, TicketBrief};
use reqwest::header::{ETAG, IF_NONE_MATCH};
use reqwest::{Method, StatusCode};

use super::{Answer, DeskClient};
use crate::error::CallError;

const PATH: &str = "/api/v1/ticket-briefs";

impl DeskClient {
    /// How the device's tickets stand at the desk, newest first. Remembers the last answer and its tag: where nothing
    /// has changed the desk answers without a body, and the same list comes back.
    ///
    /// # Errors
    /// See [`CallError`]. A desk of an earlier version refuses with `not-found`.
    pub async fn tickets(&self) -> Result<Arc<[TicketBrief]>, CallError> {
        let mut known = self.briefs.lock().await;
        let mut answer = self.ask(known.as_ref().map(|it| it.0.as_str()), false).await?;
        if is_signed_out(&answer) {
            answer = self.ask(known.as_ref().map(|it| it.0.as_str()), true).await?;
        }
        if answer.status == StatusCode::NOT_MODIFIED
            && let Some((_, briefs)) = known.as_ref()
        {
            return Ok(Arc::clone(briefs));
        }
        let briefs: Arc<[TicketBrief]> = answer.json::<Vec<TicketBrief>>()?.into();
        let tag = answer.headers.get(ETAG).and_then(|it| it.to_str().ok());
        *known = tag.map(|tag| (tag.to_owned(), Arc::clone(&briefs)));
        Ok(briefs)
    }

    async fn ask(&self, tag: Option<&str>, anew: bool) -> Result<Answer, CallError> {
        let token = self.token(anew).await?;
        let mut request = self.request(&Method::GET, PATH, &token, None::<&()>);
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        Answer::to(request).await
    }
}

/// The desk may have forgotten the token, for example because it was restored from a copy.
fn is_signed_out(answer: &Answer) -> bool {
    answer.status == StatusCode::UNAUTHORIZED && answer.refusal().refusal() == Some(ErrorCode::SignInRequired)
}
