//! How a catalogue is run, on paused time.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::FutureExt;
use nightline_types::{Fact, Timestamp};

use super::*;
use crate::Answer;

type Body = Box<dyn Fn(Context) -> Answer<'static> + Send + Sync>;

struct Fake {
    id: &'static str,
    after: &'static [&'static str],
    body: Body,
}

impl Check for Fake {
    fn id(&self) -> CheckId {
        CheckId::new(self.id)
    }

    fn limit(&self) -> Duration {
        Duration::from_secs(2)
    }

    fn after(&self) -> &'static [&'static str] {
        self.after
    }

    fn ask<'a>(&'a self, context: &'a Context) -> Answer<'a> {
        (self.body)(context.clone())
    }
}

fn fake<F>(id: &'static str, after: &'static [&'static str], body: F) -> Arc<dyn Check>
where
    F: Fn(Context) -> Answer<'static> + Send + Sync + 'static,
{
    Arc::new(Fake { id, after, body: Box::new(body) })
}

fn taking(id: &'static str, after: &'static [&'static str], length: Duration) -> Arc<dyn Check> {
    fake(id, after, move |context| {
        async move {
            tokio::time::sleep(length).await;
            let fact = Fact::new("value", 7_i64, "test", (context.clock)());
            Found::healthy(vec![fact])
        }
        .boxed()
    })
}

fn quick(id: &'static str) -> Arc<dyn Check> {
    taking(id, &[], Duration::from_millis(10))
}

fn context() -> Context {
    Context {
        clock: Arc::new(|| Timestamp::from_unix_ms(1)),
        target: None,
        important: Vec::new(),
        stun: Vec::new(),
        desk: None,
        extra_roots_path: None,
        root_dir: "/".into(),
        environment: Arc::default(),
        known: Arc::default(),
    }
}

fn plan() -> Plan {
    Plan { deadline: Duration::from_secs(15), not_allowed: BTreeSet::new(), only: None }
}

async fn diagnose(catalogue: Vec<Arc<dyn Check>>, plan: &Plan) -> Diagnosed {
    run(catalogue, &context(), plan, &CancellationToken::new(), |_| ()).await
}

/// Each check as `id outcome reason`.
fn lines(diagnosed: &Diagnosed) -> Vec<String> {
    let line = |check: &CheckResult| {
        let reason = check.reason.as_ref().map_or("-", |reason| reason.id.as_str());
        format!("{} {:?} {reason}", check.id, check.outcome)
    };
    diagnosed.checks.iter().map(line).collect()
}

#[tokio::test(start_paused = true)]
async fn checks_run_side_by_side_and_are_reported_in_the_catalogues_order() {
    let began = Instant::now();
    let slow = Duration::from_secs(1);
    let catalogue = vec![taking("a", &[], slow * 3 / 2), taking("b", &[], slow), taking("c", &[], slow)];
    let order = Mutex::new(Vec::new());
    let progress = |check: &CheckResult| order.lock().unwrap().push(check.id.to_string());
    let diagnosed = run(catalogue, &context(), &plan(), &CancellationToken::new(), progress).await;
    assert_eq!(began.elapsed(), slow * 3 / 2, "on paused time the longest check is the whole run");
    assert_eq!(lines(&diagnosed), ["a Healthy -", "b Healthy -", "c Healthy -"]);
    assert_eq!(order.into_inner().unwrap().last().map(String::as_str), Some("a"));
    assert!(diagnosed.complete);
}

#[tokio::test(start_paused = true)]
async fn a_check_reads_the_facts_of_those_it_comes_after() {
    let second = fake("second", &["first"], |context| {
        async move {
            let known = context.known_fact("first", "value").map(|fact| fact.value);
            Found::healthy(
                known
                    .map(|value| Fact::new("seen", value, "test", Timestamp::from_unix_ms(2)))
                    .into_iter()
                    .collect(),
            )
        }
        .boxed()
    });
    let diagnosed = diagnose(vec![second, quick("first")], &plan()).await;
    assert_eq!(diagnosed.checks[0].fact("seen").and_then(|fact| fact.value.as_f64()), Some(7.0));
}

#[tokio::test(start_paused = true)]
async fn a_check_over_its_limit_is_unknown_and_holds_nobody_up() {
    let catalogue = vec![taking("hung", &[], Duration::MAX), taking("next", &["hung"], Duration::ZERO)];
    let diagnosed = diagnose(catalogue, &plan()).await;
    assert_eq!(lines(&diagnosed), ["hung Unknown check-unknown-limit", "next Healthy -"]);
    assert!(diagnosed.complete);
}

#[tokio::test(start_paused = true)]
async fn dropping_a_check_at_its_limit_stops_its_work() {
    struct Stopped(Arc<AtomicBool>);
    impl Drop for Stopped {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let stopped = Arc::new(AtomicBool::new(false));
    let inner = Arc::clone(&stopped);
    let hung = fake("hung", &[], move |_| {
        let guard = Stopped(Arc::clone(&inner));
        async move {
            let _guard = guard;
            std::future::pending().await
        }
        .boxed()
    });
    diagnose(vec![hung], &plan()).await;
    assert!(stopped.load(Ordering::SeqCst));
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_unknown_and_spoils_nothing_else() {
    let broken = fake("broken", &[], |_| async { panic!("on purpose") }.boxed());
    let diagnosed = diagnose(vec![broken, quick("fine")], &plan()).await;
    assert_eq!(lines(&diagnosed), ["broken Unknown check-unknown-panicked", "fine Healthy -"]);
}

#[tokio::test(start_paused = true)]
async fn a_check_that_says_nothing_is_unknown() {
    let silent = fake("silent", &[], |_| async { Found::default() }.boxed());
    assert_eq!(lines(&diagnose(vec![silent], &plan()).await), ["silent Unknown check-unknown-silent"]);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_keeps_what_was_found_and_names_the_rest() {
    let catalogue =
        vec![quick("a"), taking("hung", &[], Duration::MAX), taking("waiting", &["hung"], Duration::ZERO)];
    let plan = Plan { deadline: Duration::from_secs(1), ..plan() };
    let diagnosed = diagnose(catalogue, &plan).await;
    let expected =
        ["a Healthy -", "hung Unknown check-unknown-deadline", "waiting Unknown check-unknown-deadline"];
    assert_eq!(lines(&diagnosed), expected);
    assert!(!diagnosed.complete);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_run_ends_at_once_and_keeps_what_was_found() {
    let cancel = CancellationToken::new();
    let inner = cancel.clone();
    let catalogue = vec![quick("a"), taking("hung", &[], Duration::MAX)];
    let diagnosed = run(catalogue, &context(), &plan(), &cancel, |_| inner.cancel()).await;
    assert_eq!(lines(&diagnosed), ["a Healthy -", "hung Skipped check-skipped-cancelled"]);
    assert!(!diagnosed.complete);
}

#[tokio::test(start_paused = true)]
async fn what_the_organisation_does_not_allow_is_skipped_and_does_not_run() {
    let forbidden = fake("forbidden", &[], |_| async { panic!("must not run") }.boxed());
    let plan = Plan { not_allowed: ["forbidden".to_owned()].into(), ..plan() };
    let catalogue = vec![forbidden, taking("next", &["forbidden"], Duration::ZERO)];
    let diagnosed = diagnose(catalogue, &plan).await;
    assert_eq!(lines(&diagnosed), ["forbidden Skipped check-skipped-not-allowed", "next Healthy -"]);
    assert!(diagnosed.complete);
}

#[tokio::test(start_paused = true)]
async fn only_runs_what_is_asked_for_and_what_it_builds_on_and_reports_the_first() {
    let other = fake("other", &[], |_| async { panic!("must not run") }.boxed());
    let asked = fake("asked", &["base"], |context| {
        async move {
            assert!(context.known_fact("base", "value").is_some());
            Found::healthy(Vec::new())
        }
        .boxed()
    });
    let plan = Plan { only: Some(["asked".to_owned()].into()), ..plan() };
    let diagnosed = diagnose(vec![other, quick("base"), asked], &plan).await;
    assert_eq!(lines(&diagnosed), ["asked Healthy -"]);
}

#[tokio::test(start_paused = true)]
async fn checks_that_wait_for_one_another_run_all_the_same() {
    let catalogue = vec![taking("a", &["b"], Duration::ZERO), taking("b", &["a"], Duration::ZERO)];
    assert_eq!(lines(&diagnose(catalogue, &plan()).await), ["a Healthy -", "b Healthy -"]);
}

#[tokio::test(start_paused = true)]
async fn an_empty_catalogue_ends() {
    assert!(diagnose(Vec::new(), &plan()).await.complete);
}
