import { Button, Checkbox } from "@inlay/ui";
import { useSignal } from "@preact/signals";
import { t } from "../../shell/phone-window-strings.ts";
import { allowNotices, areNoticesRefused, cannotNotifyHere, wantsNotices } from "../../shell/ring-notice.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** Where the phone is, as far as the script leaves it to the agent (`hideWebRTCPopUpOption`), and notices of a ring. */
export function PhoneWindowChoice({ workspace }: { workspace: Workspace }) {
	const isOwn = workspace.wantsPhoneWindow.value;
	const choose = (wanted: boolean) => {
		workspace.wishPhoneWindow(wanted);
		if (wanted) workspace.extras.peek()?.phoneWindow.open();
	};
	return (
		<>
			{!workspace.config.value.settings.hideWebRTCPopUpOption && (
				<div class="ui-field" data-choice="phoneWindow">
					<Checkbox label={t("own")} checked={isOwn} onChange={choose} />
					<p class="ui-hint">{t("ownHint")}</p>
				</div>
			)}
			<NoticeChoice />
			<HeadsetChoice workspace={workspace} />
		</>
	);
}

/** Answer, mute and hang up by the headset's own buttons, where the browser knows them (WebHID); Firefox and Safari do not. */
function HeadsetChoice({ workspace }: { workspace: Workspace }) {
	const link = workspace.extras.value?.headset;
	if (!link) return null;
	if (!link.isPossible)
		return (
			<p class="ui-hint" data-choice="headset">
				{t("headsetNowhere")}
			</p>
		);
	const name = link.headset.value?.name;
	return (
		<div class="ui-field" data-choice="headset">
			<Button icon="headset" onClick={() => void workspace.tell(() => link.choose())}>
				{t("headsetConnect")}
			</Button>
			<p class="ui-hint" role="status">
				{name === undefined ? t("headsetHint") : t("headsetIs", { name })}
			</p>
		</div>
	);
}

function NoticeChoice() {
	const isOn = useSignal(wantsNotices());
	const isRefused = useSignal(areNoticesRefused());
	const choose = async (wanted: boolean) => {
		isRefused.value = !(await allowNotices(wanted));
		isOn.value = wantsNotices();
	};
	return (
		<div class="ui-field" data-choice="ringNotices">
			<Checkbox label={t("notices")} checked={isOn.value} onChange={(wanted) => void choose(wanted)} />
			{isRefused.value && (
				<p class="ui-hint" role="alert">
					{t(cannotNotifyHere() ? "noticesInFrame" : "noticesRefused")}
				</p>
			)}
		</div>
	);
}
