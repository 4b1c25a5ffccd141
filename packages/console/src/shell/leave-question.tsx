import { Button, Dialog } from "@inlay/ui";
import { leaveTo, leaving } from "./router.ts";
import { t } from "./strings.ts";

/** Asks before a screen is left on which something would be lost. */
export function LeaveQuestion() {
	const target = leaving.value;
	if (!target) return null;
	const stay = () => {
		leaving.value = undefined;
	};
	return (
		<Dialog title={t("leaveTitle")} closeLabel={t("close")} onClose={stay}>
			<div class="ui-stack">
				<p>{t("leaveText")}</p>
				<div class="dialog-actions">
					<Button onClick={stay}>{t("stay")}</Button>
					<Button kind="bad" onClick={() => leaveTo(target)}>
						{t("leave")}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}
