//! What the desk does by itself: forgets what has ended, and finishes what a crash interrupted.

use std::time::Duration;

use crate::app::App;
use crate::upload;

/// Ended tokens do no harm for a few minutes; more often costs a write each time.
const INTERVAL: Duration = Duration::from_secs(300);

/// Runs all jobs at once and then at intervals, until it is dropped.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(INTERVAL);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    if let Err(failure) = upload::finish_interrupted(&app).await {
        tracing::error!(cause = failure.detail(), "Interrupted uploads were not finished");
    }
    loop {
        ticks.tick().await;
        if let Err(error) = forget_ended(&app).await {
            tracing::error!(cause = %error, "Ended tokens were not forgotten");
        }
        if let Err(failure) = upload::forget_expired(&app).await {
            tracing::error!(cause = failure.detail(), "Expired uploads were not swept away");
        }
    }
}

async fn forget_ended(app: &App) -> Result<(), sqlx::Error> {
    let now = app.now().unix_ms();
    let mut tx = app.db.write().await?;
    sqlx::query("DELETE FROM device_tokens WHERE expires < $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM nonces WHERE expires < $1").bind(now).execute(&mut *tx).await?;
    sqlx::query("DELETE FROM sessions WHERE expires < $1").bind(now).execute(&mut *tx).await?;
    tx.commit().await
}
