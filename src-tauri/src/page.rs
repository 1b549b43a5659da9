//! What the page shows: the latest view and the pictures that it names, kept for a page that begins to listen later or
//! again. Looks into no view but for the names of pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use nightline_view::{ToWindow, View};

/// Where frames go; answers whether the page still listens.
pub(crate) type Listener = Box<dyn Fn(ToWindow) -> bool + Send>;

/// What the page shows.
#[derive(Default)]
pub(crate) struct Page {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    view: Option<Box<View>>,
    pictures: BTreeMap<String, ToWindow>,
    listener: Option<Listener>,
}

impl Page {
    /// Sends all that is kept to a page that begins to listen. It takes the place of one that listened before.
    pub(crate) fn listen(&self, listener: Listener) {
        let mut kept = self.kept();
        let view = kept.view.clone().map(|view| ToWindow::View { view });
        let still_there = view.into_iter().chain(kept.pictures.values().cloned()).all(&listener);
        kept.listener = still_there.then_some(listener);
    }

    /// Keeps a view or a picture and passes it on.
    pub(crate) fn show(&self, frame: ToWindow) {
        let mut kept = self.kept();
        match &frame {
            ToWindow::View { view } => kept.replace_view(view),
            ToWindow::Picture { id, .. } => {
                kept.pictures.insert(id.clone(), frame.clone());
            }
            ToWindow::Hide | ToWindow::Raise | ToWindow::Close => return,
        }
        if kept.listener.as_ref().is_some_and(|listener| !listener(frame)) {
            kept.listener = None;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked left whole values behind.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Drops the pixels of pictures that were named before and are not any more. A picture may also come before the
    /// view that names it.
    fn replace_view(&mut self, view: &View) {
        let now = pictures_of(view);
        for gone in self.view.iter().flat_map(|it| pictures_of(it)).filter(|it| !now.contains(it)) {
            self.pictures.remove(gone);
        }
        self.view = Some(Box::new(view.clone()));
    }
}

fn pictures_of(view: &View) -> BTreeSet<&str> {
    view.help.iter().flat_map(|help| &help.pictures).map(|it| it.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use nightline_view::{About, Help, Home, Picture, Place, Settings};

    use super::*;

    fn view(revision: u32, pictures: &[&str]) -> ToWindow {
        let pictures = pictures.iter().map(|id| Picture {
            id: (*id).to_owned(),
            width: 1,
            height: 1,
            bytes: 1,
            revision: 1,
            areas: 0,
            kept: false,
        });
        ToWindow::View {
            view: Box::new(View {
                revision,
                language: "en".to_owned(),
                place: Place::Help,
                home: Home::default(),
                help: Some(Help { pictures: pictures.collect(), ..Help::default() }),
                tickets: Vec::new(),
                ticket: None,
                numbers: Vec::new(),
                settings: Settings::default(),
                about: About::default(),
                says: None,
                unkept: None,
            }),
        }
    }

    fn picture(id: &str, revision: u32) -> ToWindow {
        ToWindow::Picture { id: id.to_owned(), revision, data: "data:image/png;base64,".to_owned() }
    }

    /// Shows the frames, then lets a page listen: what it gets.
    fn kept_of(frames: Vec<ToWindow>) -> Vec<ToWindow> {
        let page = Page::default();
        frames.into_iter().for_each(|it| page.show(it));
        heard_by_a_new_page(&page, |_| {})
    }

    fn heard_by_a_new_page(page: &Page, then: impl Fn(&Page)) -> Vec<ToWindow> {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        page.listen(Box::new(move |frame| {
            log.lock().unwrap().push(frame);
            true
        }));
        then(page);
        heard.lock().unwrap().clone()
    }

    #[test]
    fn a_page_that_listens_late_gets_the_latest_view_and_its_pictures() {
        assert_eq!(kept_of(vec![]), []);
        assert_eq!(kept_of(vec![view(1, &[]), view(2, &[])]), [view(2, &[])]);
        let frames = vec![picture("a", 1), view(3, &["a"]), picture("a", 2), picture("b", 1)];
        assert_eq!(kept_of(frames), [view(3, &["a"]), picture("a", 2), picture("b", 1)]);
    }

    #[test]
    fn pixels_of_a_picture_that_was_removed_are_dropped_and_those_that_come_early_are_not() {
        let removed = vec![picture("a", 1), view(1, &["a"]), view(2, &[])];
        assert_eq!(kept_of(removed), [view(2, &[])]);
        let early = vec![view(1, &[]), picture("a", 1), view(2, &[]), view(3, &["a"])];
        assert_eq!(kept_of(early), [view(3, &["a"]), picture("a", 1)]);
    }

    #[test]
    fn what_comes_later_is_passed_on_in_order_and_a_new_page_takes_over() {
        let page = Page::default();
        let first = heard_by_a_new_page(&page, |page| {
            page.show(view(1, &[]));
            page.show(ToWindow::Raise);
            page.show(picture("a", 1));
            assert_eq!(heard_by_a_new_page(page, |page| page.show(view(2, &[]))).len(), 3);
        });
        assert_eq!(first, [view(1, &[]), picture("a", 1)]);
    }

    #[test]
    fn a_page_that_has_gone_is_not_talked_to_again() {
        let page = Page::default();
        let times = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&times);
        page.listen(Box::new(move |_| {
            *counted.lock().unwrap() += 1;
            false
        }));
        page.show(view(1, &[]));
        page.show(view(2, &[]));
        assert_eq!(*times.lock().unwrap(), 1);
    }
}
