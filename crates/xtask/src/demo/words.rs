//! What the demo says, in both languages. This program links no crate of the product, so its few words are here and
//! nowhere else; what the product says it says itself.

use std::time::Duration;

/// The demo's words in one language. Labels end where their value begins.
pub(crate) struct Words {
    pub(crate) packages: &'static str,
    pub(crate) all_there: &'static str,
    pub(crate) console_step: &'static str,
    pub(crate) programs: &'static str,
    pub(crate) networks: &'static str,
    pub(crate) no_networks: &'static str,
    pub(crate) main_job: &'static str,
    pub(crate) story: &'static str,
    pub(crate) desk_at: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) ticket: &'static str,
    pub(crate) console: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) password: &'static str,
    pub(crate) customer: &'static str,
    pub(crate) app: &'static str,
    pub(crate) runs_on: &'static str,
    pub(crate) ended: &'static str,
    pub(crate) ended_once: &'static str,
    /// Around the seconds.
    took: [&'static str; 2],
}

const ENGLISH: Words = Words {
    packages: "What this machine needs",
    all_there: "all there",
    console_step: "The console",
    programs: "The programs",
    networks: "the names of networks (a download of 19 MB, once)",
    no_networks: "Networks stay without names; all else works: ",
    main_job: "The main job",
    story: "The demo asks for localhost:3389; with nothing listening there, Nightline has to find that out.",
    desk_at: "a desk runs at ",
    verdict: "Verdict    ",
    ticket: "Ticket     ",
    console: "Console    ",
    sign_in: "Sign in    ",
    password: "Password   ",
    customer: "Customer   ",
    app: "The customer's app opens on this desk, with the ticket under “My tickets”.",
    runs_on: "The desk runs on. Ctrl-C ends it.",
    ended: "The desk has ended.",
    ended_once: "The desk has ended (--once).",
    took: ["The ticket was open ", " s after the start."],
};

const CHINESE: Words = Words {
    packages: "这台电脑需要的软件包",
    all_there: "已齐全",
    console_step: "控制台",
    programs: "程序",
    networks: "网络名称数据（19 MB，只下载一次）",
    no_networks: "网络将不显示名称，其余功能照常：",
    main_job: "主要流程",
    story: "演示要连接 localhost:3389；那里没有程序在监听，Nightline 要自己查出这一点。",
    desk_at: "支持中心已启动：",
    verdict: "结论      ",
    ticket: "工单      ",
    console: "控制台    ",
    sign_in: "登录邮箱  ",
    password: "密码      ",
    customer: "客户一侧  ",
    app: "客户的应用已连接到这个支持中心并打开，工单在“我的工单”里。",
    runs_on: "支持中心继续运行，按 Ctrl-C 结束。",
    ended: "支持中心已结束。",
    ended_once: "支持中心已结束（--once）。",
    took: ["从开始到工单打开，用时 ", " 秒。"],
};

impl Words {
    /// The words of `--lang`.
    pub(crate) fn of(language: &str) -> &'static Self {
        if language == "zh-CN" { &CHINESE } else { &ENGLISH }
    }

    /// From the demo's beginning to the ticket.
    pub(crate) fn took(&self, took: Duration) -> String {
        let [before, after] = self.took;
        format!("{before}{:.0}{after}", took.as_secs_f64())
    }
}
