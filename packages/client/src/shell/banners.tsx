import { Banner, Button } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { offerMissed } from "../session/recent-calls.ts";
import { bannerText } from "./banner-strings.ts";
import { DeskBanners } from "./desk-banners.tsx";
import { EndingBanner } from "./ending-banner.tsx";
import type { Loadable } from "./feature.ts";
import { featuresFor } from "./features.ts";
import { outdated } from "./freshness.ts";
import { Lazy } from "./lazy.tsx";
import { problemText } from "./problem-text.ts";
import { scriptAway } from "./script-away.ts";
import { SoundNotes } from "./sound-notes.tsx";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

const soundTrouble: Loadable = {
	load: () => import("./sound-trouble.tsx").then((module) => ({ View: module.SoundBanners })),
};

const awayScript: Loadable = {
	load: () => import("./script-banner.tsx").then((module) => ({ View: module.ScriptBanner })),
};

const otherScript: Loadable = {
	load: () => import("./other-script/other-script.tsx").then((module) => ({ View: module.OtherScript })),
};

/** What stands between the agent and their calls right now, each with what to do. */
export function ConnectionBanners({ workspace }: { workspace: Workspace }) {
	return (
		<div class="banners">
			<EndingBanner workspace={workspace} />
			<ClosingBanner workspace={workspace} />
			<VersionBanner workspace={workspace} />
			<TroubleBanner workspace={workspace} />
			{scriptAway.value && <Lazy feature={awayScript} workspace={workspace} quiet />}
			{workspace.life.otherScript.value && <Lazy feature={otherScript} workspace={workspace} quiet />}
			<ChannelBanner workspace={workspace} />
			<DeskBanners workspace={workspace} />
			<PhoneBanner workspace={workspace} />
			<MicrophoneBanner workspace={workspace} />
			<SoundNotes phone={workspace.phone} />
			{workspace.extras.value && <Lazy feature={soundTrouble} workspace={workspace} quiet />}
			<NotRespondingBanner workspace={workspace} />
			{featuresFor(workspace).map(
				({ id, strip }) => strip && <Lazy key={id} feature={strip} workspace={workspace} quiet />,
			)}
		</div>
	);
}

/** The agent may not use this panel any more, and is in a call. */
function ClosingBanner({ workspace }: { workspace: Workspace }) {
	const problem = workspace.life.closing.value;
	if (!problem) return null;
	return (
		<Banner tone="warn" icon="warning" urgent>
			<span data-closing>
				{problem.code === "user.without.permission" ? bannerText("rightTaken") : problemText(problem)}{" "}
				{bannerText("closesAfterCall")}
			</span>
		</Banner>
	);
}

/** Calls live on the server: a reload takes them up again. */
function VersionBanner({ workspace }: { workspace: Workspace }) {
	if (!outdated.value) return null;
	return (
		<Banner
			tone="info"
			icon="refresh"
			urgent
			action={
				<Button size="small" kind="primary" data-reload onClick={() => workspace.leaving.reload()}>
					{t("reload")}
				</Button>
			}
		>
			{bannerText("outdated")}
		</Banner>
	);
}

/** The server answers, and something else stands in the way: what it is, and who can mend it. */
function TroubleBanner({ workspace }: { workspace: Workspace }) {
	const found = workspace.session.trouble.value;
	if (!found) return null;
	return (
		<Banner tone="bad" icon="warning" urgent>
			{problemText(found)}
		</Banner>
	);
}

function ChannelBanner({ workspace }: { workspace: Workspace }) {
	const { session, toasts } = workspace;
	const state = session.channel.state.value;
	useEffect(() => {
		if (state !== "open" || !session.wasLost.peek()) return;
		session.wasLost.value = false;
		toasts.show({ tone: "good", text: bannerText("back") }, 3000);
	}, [state]);
	// What is known to stand in the way is said in its own words.
	if (state !== "lost" || session.trouble.value) return null;
	const sentence = workspace.inCall.value ? "lostCall" : navigator.onLine ? "lost" : "offline";
	return (
		<Banner
			tone="warn"
			icon="offline"
			action={
				<Button size="small" onClick={() => session.channel.retryNow()}>
					{t("retry")}
				</Button>
			}
		>
			{sentence === "offline" ? t(sentence) : bannerText(sentence)}
		</Banner>
	);
}

function PhoneBanner({ workspace }: { workspace: Workspace }) {
	const { session, phone } = workspace;
	if (phone.soundBlocked.value) {
		return (
			<Banner
				tone="warn"
				icon="speaker"
				urgent
				action={
					<Button size="small" onClick={() => phone.unblock()}>
						{t("soundPlay")}
					</Button>
				}
			>
				{bannerText("soundBlocked")}
			</Banner>
		);
	}
	// While both are away, one sentence is enough.
	if (phone.line.state.value !== "lost" || session.channel.state.value === "lost") return null;
	return (
		<Banner tone="warn" icon="headset">
			{bannerText("phoneLost")}
		</Banner>
	);
}

function MicrophoneBanner({ workspace }: { workspace: Workspace }) {
	const { phone, session } = workspace;
	const problem = phone.problem.value;
	if (!problem || !session.station.isWebRtc.value) return null;
	return (
		<Banner
			tone="bad"
			icon="mic-off"
			urgent
			action={
				<Button size="small" onClick={() => void phone.checkMicrophone()}>
					{bannerText("micCheck")}
				</Button>
			}
		>
			{t(`mic_${problem}`)}
		</Banner>
	);
}

function NotRespondingBanner({ workspace }: { workspace: Workspace }) {
	const { presence, recent } = workspace.session;
	if (!presence.notResponding.value) return null;
	const missed = offerMissed(recent.all.value, presence.routing.value?.startTime);
	const name = missed ? workspace.whoOf(missed) : "";
	const rest = presence.find("BREAK");
	const sentence = missed?.outcome === "declined" ? "notRespondingDeclined" : "notRespondingMissed";
	return (
		<Banner
			tone="warn"
			urgent
			action={
				<>
					<Button
						size="small"
						kind="primary"
						data-respond-again
						busy={workspace.busy.value.has("respond")}
						onClick={() => void workspace.attempt("respond", () => presence.respondAgain())}
					>
						{bannerText("respondAgain")}
					</Button>
					{rest && (
						<Button
							size="small"
							data-take-a-break
							busy={workspace.busy.value.has("break")}
							onClick={() => void workspace.attempt("break", () => presence.choose(rest))}
						>
							{bannerText("takeBreak")}
						</Button>
					)}
				</>
			}
		>
			{name ? bannerText(sentence, { name }) : bannerText("notResponding")}
		</Banner>
	);
}
