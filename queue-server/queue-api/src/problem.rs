//! Why a request could not be met, as `application/problem+json`
//! (RFC 9457) with a stable `code` and a title in both languages.

use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bilingual, TicketNumber};

/// The body of every reply that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A URI reference that names the kind: `/problems/{code}`.
    #[serde(rename = "type")]
    pub kind: String,
    /// HTTP status, repeated.
    pub status: u16,
    /// What a program may branch on.
    pub code: ProblemCode,
    /// English, for whoever reads a log.
    pub title: String,
    /// What a person is shown.
    pub titles: Bilingual,
    /// More, in English, if there is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// By the hall's clock, from when on it could be met, if that is
    /// known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime>,
    /// The ticket that the visitor has already, where that is why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<TicketNumber>,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $zh:literal $en:literal;)*) => {
        /// Every kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl ProblemCode {
            /// All of them, in the order of this file.
            pub const ALL: &'static [ProblemCode] = &[$(ProblemCode::$name),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(ProblemCode::$name => $code),* }
            }

            /// The HTTP status it goes out with.
            pub fn status(self) -> u16 {
                match self { $(ProblemCode::$name => $status),* }
            }

            fn titles(self) -> (&'static str, &'static str) {
                match self { $(ProblemCode::$name => ($zh, $en)),* }
            }
        }
    };
}

problems! {
    /// No such path.
    NotFound "not_found" 404 "没有这个地址" "there is nothing at this address";
    /// The path knows other methods only.
    MethodNotAllowed "method_not_allowed" 405 "这个地址不能这样用" "this address does not take that method";
    /// The body or the path cannot be read.
    Malformed "malformed" 400 "请求看不懂" "the request cannot be read";
    /// Over the size limit.
    TooLarge "too_large" 413 "请求太大" "the request is too large";
    /// It took too long to arrive.
    TooSlow "too_slow" 408 "请求到得太慢" "the request took too long to arrive";
    /// No credential, or one that is not known.
    SignInFirst "sign_in_first" 401 "请先登录" "sign in first";
    /// The credential is known but does not reach this far.
    NotYours "not_yours" 403 "您没有这项权限" "this is not yours to do";
    /// A secret was shown in the clear, from another machine.
    NeedsTls "needs_tls" 403 "请用 https 打开，本厅的密码和令牌不走明文" "come over https: PINs and tokens do not go in the clear here";
    /// Staff number and PIN do not go together.
    WrongPin "wrong_pin" 401 "工号或密码不对" "staff number and PIN do not match";
    /// Too many wrong PINs; the door opens again by itself.
    TooManyTries "too_many_tries" 429 "试错太多次，请十五分钟后再试" "too many wrong tries; wait fifteen minutes";
    /// Too many requests from there, or in all.
    TooManyRequests "too_many_requests" 429 "请求太多，请稍后再试" "too many requests; try again later";
    /// The code is not the one on the screen, or in the log.
    WrongCode "wrong_code" 422 "代码不对，请看清屏幕再输一次" "that is not the code; look at the screen again";
    /// No such device, or its request is over.
    UnknownDevice "unknown_device" 404 "没有这台设备，或者申请已经过期" "no such device, or its request is over";
    /// The hall has its administrator.
    SetupOver "setup_over" 409 "管理员已经设好，或者还不能设" "there is an administrator already, or none can be made now";
    /// The staff file has that number.
    StaffKnown "staff_known" 409 "这个工号已经有人用" "that service number is taken";
    /// Everybody would guess it.
    WeakPin "weak_pin" 422 "密码要六到十二位数字，不能全相同，也不能用示范密码" "a PIN has six to twelve digits, not all the same, and is not that of the demo";
    /// The matter is not in the catalogue.
    UnknownMatter "unknown_matter" 422 "没有这个事项" "no such matter";
    /// The lane is not in the hall.
    UnknownLane "unknown_lane" 422 "没有这个队列" "no such lane";
    /// The window is not in the hall.
    UnknownWindow "unknown_window" 404 "没有这个窗口" "no such window";
    /// The ticket is not known.
    UnknownTicket "unknown_ticket" 404 "没有这张票" "no such ticket";
    /// Neither lane nor matter was named.
    LaneOrMatter "lane_or_matter" 422 "请选择队列或者事项" "name a lane or a matter";
    /// Lane and matter were both named and do not go together.
    LaneNotOfMatter "lane_not_of_matter" 422 "这个事项不在这个队列办" "the matter is not handled in that lane";
    /// A text that a person wrote is over its limit.
    TextTooLong "text_too_long" 422 "文字太长" "a text is too long";
    /// The day has not been opened, or has been closed.
    DayClosed "day_closed" 409 "今天没有取号" "no numbers are issued now";
    /// The day is open.
    DayOpen "day_open" 409 "今天已经在取号" "the day is open already";
    /// The manager stopped the lane's numbers.
    NumbersStopped "numbers_stopped" 409 "这个队列暂停取号，请问咨询台" "no numbers for this for now; please ask at the desk";
    /// The window is closed or paused.
    WindowNotOpen "window_not_open" 409 "窗口没有开" "the window is not open";
    /// The window is already open.
    WindowAlreadyOpen "window_already_open" 409 "窗口已经开着" "the window is already open";
    /// The window still has a visitor.
    WindowBusy "window_busy" 409 "窗口还有人在办" "the window still has a visitor";
    /// The window has no visitor.
    WindowIdle "window_idle" 409 "窗口没有叫号" "the window has not called anybody";
    /// Nobody waits in the window's lanes.
    NobodyWaiting "nobody_waiting" 409 "没有人在等" "nobody is waiting";
    /// The verb names another ticket than the window's.
    OtherTicket "other_ticket" 409 "窗口现在是另一张票" "the window has another ticket now";
    /// The visitor has already come to the window.
    AlreadyArrived "already_arrived" 409 "人已经到了" "the visitor has already arrived";
    /// The ticket is not waiting any more.
    NotWaiting "not_waiting" 409 "这张票已经不在等候" "the ticket is not waiting";
    /// The lane gives no numbers at this time.
    LaneClosed "lane_closed" 409 "现在不取这项业务的号，可请咨询台帮忙" "no numbers for this now; the desk can help";
    /// Numbers have stopped so that everybody is served today.
    LastTicketGiven "last_ticket_given" 409 "今天的号已经取完，明天再来或请咨询台帮忙" "the last number of today is out; come tomorrow or ask the desk";
    /// The quota of the day or of this part of it is given out.
    QuotaReached "quota_reached" 409 "这一时段的号已经取完，请咨询台安排下一时段" "the numbers of this time are out; the desk can find you the next";
    /// A green ticket needs who grants it and why.
    GrantMissing "grant_missing" 422 "绿色通道要写明理由，由登录人负责" "the green channel needs a reason, and who signed in answers for it";
    /// One live ticket for a matter; `number` says which they have.
    HasTicket "has_ticket" 409 "您办这件事已经有号了，请用原来的号；小票不在手边，可在取号机上补打" "you have a number for this already; please keep it. If you have lost the slip, any kiosk prints it again";
    /// Only who was passed over is put back.
    NotNoShow "not_no_show" 409 "这张票没有过号" "the ticket was not passed over";
    /// A place is given back once.
    ReinstatedBefore "reinstated_before" 409 "这张票已经重排过一次" "the ticket was put back once already";
    /// The place is not kept so long.
    TooLate "too_late" 409 "过号太久，请重新取号" "it was passed over too long ago; please take a new number";
    /// A visitor is not passed over so soon.
    TooSoon "too_soon" 409 "叫号次数或时间还不够，不能过号" "too few calls or too short a wait to pass anybody over";
    /// Another window set the visitor aside, or none did.
    NotParkedHere "not_parked_here" 409 "这张票不是本窗口挂起的" "the ticket was not set aside at this window";
    /// Out of turn only with a reason.
    ReasonMissing "reason_missing" 422 "请写明理由" "a reason is missing";
    /// One pass for a ticket.
    PassGivenBefore "pass_given_before" 409 "这张票已经开过二次优先卡" "a return pass was given on this ticket already";
    /// Nothing was done on the ticket that could be rated.
    NothingToRate "nothing_to_rate" 404 "没有可以评价的服务" "there is no service to rate";
    /// A service is rated once.
    RatedBefore "rated_before" 409 "这次服务已经评价过" "the service was rated already";
    /// Too late.
    RatingOver "rating_over" 409 "评价的时间已过" "it is too late to rate the service";
    /// Each level has reasons of its own.
    ReasonOfOtherLevel "reason_of_other_level" 422 "评价选项和满意度对不上" "a reason does not go with the level";
    /// No such pass, or used, or over.
    PassInvalid "pass_invalid" 409 "这张二次优先卡无效、已用过或已过期" "the return pass is unknown, used or over";
    /// No numbers are set apart for kiosks, or this one had too many.
    NothingToLease "nothing_to_lease" 409 "没有可以预留的号" "there are no numbers to set apart";
    /// The number was given to somebody else.
    NumberTaken "number_taken" 409 "这个号已经属于别人" "the number is somebody else's";
    /// The appointment is not known.
    UnknownAppointment "unknown_appointment" 404 "没有这个预约" "no such appointment";
    /// Too soon or too far ahead.
    DayNotBookable "day_not_bookable" 422 "这一天不能预约" "appointments cannot be made for that day";
    /// No slot begins then, or it has begun.
    NoSlot "no_slot" 422 "没有这个预约时段" "there is no such slot";
    /// As many were booked as the windows can take.
    SlotFull "slot_full" 409 "这个时段已经约满，请换一个时段" "that slot is booked up; please take another";
    /// Another appointment has the code.
    CodeTaken "code_taken" 409 "这个预约码已经有人用" "another appointment has this code";
    /// The reference is booked for something else.
    ReferenceTaken "reference_taken" 409 "这个预约号约的是别的时段或事项" "the reference is booked for something else";
    /// Lines of the file cannot be booked; none of it was.
    ImportRefused "import_refused" 422 "文件有错，一条也没有导入" "the file has faults; nothing of it was imported";
    /// Cancelled, kept or missed already.
    NotBooked "not_booked" 409 "这个预约已经取消或者结束" "the appointment is not awaited any more";
    /// Nobody else could take the place.
    CancelTooLate "cancel_too_late" 409 "离预约时间太近，不能取消" "it is too late to cancel the appointment";
    /// The appointment became a ticket already.
    CheckedInBefore "checked_in_before" 409 "这个预约已经签到" "the appointment was checked in already";
    /// Not yet.
    CheckInEarly "check_in_early" 409 "还没到签到时间，请稍后再来" "it is too early to check in";
    /// Too late; an ordinary number is to be had.
    AppointmentMissed "appointment_missed" 409 "预约时间已过，请取普通号" "the appointment was missed; please take an ordinary number";
    /// It is so already.
    NothingToChange "nothing_to_change" 409 "已经是这样了" "it is so already";
    /// A line for boards that cannot be shown.
    NoticeUnfit "notice_unfit" 422 "通知要有中英文，各不超过 120 字，结束要晚于开始" "a notice needs both languages, 120 characters at most, and an end after its beginning";
    /// Boards have as many lines as people can follow.
    NoticesFull "notices_full" 409 "通知已经够多，请先撤下一条" "there are enough notices; remove one first";
    /// Removed, or never posted.
    UnknownNotice "unknown_notice" 404 "没有这条通知" "no such notice";
    /// Not a clerk, or days that are over or too many.
    StandInUnfit "stand_in_unfit" 422 "替岗要写明窗口人员和还没有过完的日期，最长一年" "a stand-in is a clerk, for days that are not over, a year at most";
    /// Somebody else is filed for those days.
    StandInClash "stand_in_clash" 409 "这几天这个窗口或这个人已经备案" "that window or that person is filed for those days already";
    /// Withdrawn, over, or never filed.
    UnknownStandIn "unknown_stand_in" 404 "没有这条替岗备案" "no such filing";
    /// Neither a lane nor a window to send the visitor to, or both.
    LaneOrWindow "lane_or_window" 422 "请选择一个队列或者一个窗口" "name a lane or a window, not both";
    /// The command id was used for something else.
    CommandReused "command_reused" 409 "这个指令号已经用过" "this command id was used for another command";
    /// The queue to the engine is full.
    Busy "busy" 503 "正忙，请稍后再试" "busy; try again shortly";
    /// The disk refused the write; nothing was changed.
    NotStored "not_stored" 503 "没有存上，请再试一次" "it could not be stored; nothing was changed; try again";
    /// The server runs, and something is wrong with its machine.
    Attention "attention" 503 "服务器要人看一看" "somebody should look at the server";
    /// A bug or a broken machine.
    Internal "internal" 500 "服务器出了问题" "something is wrong with the server";
}

impl Problem {
    /// A problem of this kind, in words.
    pub fn new(code: ProblemCode) -> Problem {
        let (zh, en) = code.titles();
        Problem {
            kind: format!("/problems/{}", code.code()),
            status: code.status(),
            code,
            title: en.to_owned(),
            titles: Bilingual { zh: zh.to_owned(), en: sentence(en) },
            detail: None,
            from: None,
            number: None,
        }
    }
}

/// A log's line as a person reads it: with a capital.
fn sentence(line: &str) -> String {
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
