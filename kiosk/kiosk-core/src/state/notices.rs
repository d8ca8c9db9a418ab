//! What a visitor asked about, and what they must know and bring for it.

use catalogue::{Answers, Inquiry, Matter, Notice};

use super::State;

impl State {
    /// What this visitor must know and bring for the matter they are at,
    /// handed in today.
    pub(crate) fn notice(&self) -> Option<Notice> {
        self.notice_of(self.matter()?, &self.visit.answers)
    }

    /// Everything the visitor asked about, in their order.
    pub(crate) fn inquiries(&self) -> Vec<Inquiry> {
        let visit = &self.visit;
        let here = visit.matter.clone();
        let here = here.map(|matter| Inquiry { matter, answers: visit.answers.clone() });
        visit.also.iter().cloned().chain(here).collect()
    }

    /// What a number is for: of several matters those that do not end with
    /// the answers. Of what ends alone, that: the window is asked about it.
    pub(crate) fn to_be_done(&self) -> Vec<Inquiry> {
        let all = self.inquiries();
        let goes_on = |it: &Inquiry| {
            let matter = self.catalogue.as_ref()?.matter(&it.matter)?;
            Some(self.notice_of(matter, &it.answers)?.ended_by().is_none())
        };
        let left: Vec<Inquiry> =
            all.iter().filter(|it| goes_on(it).unwrap_or(true)).cloned().collect();
        if left.is_empty() { all } else { left }
    }

    /// Everything that was asked about, with what must be known and brought for each.
    pub(crate) fn notices(&self) -> Option<Vec<(&Matter, Notice)>> {
        let catalogue = self.catalogue.as_ref()?;
        let notice = |it: Inquiry| {
            let matter = catalogue.matter(&it.matter)?;
            Some((matter, self.notice_of(matter, &it.answers)?))
        };
        let notices: Option<Vec<_>> = self.inquiries().into_iter().map(notice).collect();
        notices.filter(|it| !it.is_empty())
    }

    fn notice_of(&self, matter: &Matter, answers: &Answers) -> Option<Notice> {
        let hall = self.hall.as_ref()?;
        let workdays = &self.catalogue.as_ref()?.workdays;
        let today = hall.civil(self.now).date();
        Some(Notice::of(matter, answers, today, workdays, hall.profile.waive_shared))
    }

    /// The address of the visitor's list, for a phone or a window. None
    /// where the hall has no pages that others reach, or nothing is asked
    /// about.
    pub(crate) fn list_url(&self) -> Option<String> {
        let hall = &self.hall.as_ref()?.profile.public_url;
        let inquiries = self.inquiries();
        let known = !hall.is_empty() && !inquiries.is_empty();
        known.then(|| format!("{hall}/n/{}", Inquiry::write(&inquiries)))
    }
}
