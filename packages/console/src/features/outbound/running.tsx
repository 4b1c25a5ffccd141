import { Button } from "@inlay/ui";
import { useEffect } from "preact/hooks";
import { Failure, Section } from "../../shell/parts.tsx";
import { CampaignFigures } from "./campaign-figures.tsx";
import { kinds } from "./kinds.ts";
import { Status } from "./outbound-screen.tsx";
import { type OutboundKey, t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** How often a page that is looked at asks how far its campaign is, ms (agent-features 18: each 5 s). */
const everyMs = 5_000;
/** What keeps a campaign from calling, as `Campaign.errors` names it. */
const reasons: Readonly<Record<string, OutboundKey>> = {
	"contactList.gone": "listGone",
	"queue.gone": "queueGone",
	"queue.noMembers": "queueEmpty",
	"dncList.none": "dncNone",
};

/** Whether a campaign calls, how far it is, and what keeps it from calling. */
export function Running({ model }: { model: OutboundThingModel }) {
	const campaign = model.details.base.value;
	const status = String(campaign?.campaignStatus);
	const progress = model.progress.value;
	const isOn = status === "on";
	useEffect(() => {
		if (!isOn && status !== "stopping") return;
		const timer = setInterval(() => void model.refresh().catch(() => undefined), everyMs);
		return () => clearInterval(timer);
	}, [isOn, status]);
	const errors = (campaign?.errors ?? []) as Array<{ error: string; details: string }>;
	return (
		<Section title={t("calling")}>
			<p role="status">
				<Status status={status} /> {progress && t("progress", { done: progress.done, total: progress.total })}
			</p>
			<CampaignFigures model={model} />
			{progress && progress.skipReasons.length > 0 && (
				<p data-skip-reasons>
					{t("skippedFor", {
						reasons: progress.skipReasons.map(({ reason, count }) => `${reason} (${count})`).join(", "),
					})}
				</p>
			)}
			{errors.map(({ error, details }) => (
				<p key={error} role="alert" data-campaign-error={error}>
					{reasons[error] ? t(reasons[error]) : details}
				</p>
			))}
			{model.may(kinds.campaigns.edit) && (
				<div class="form-actions">
					<Button
						icon="phone"
						busy={model.acting.busy.value}
						disabled={status === "stopping" || (!isOn && errors.some((one) => one.error.endsWith(".gone")))}
						data-campaign-turn={isOn ? "stop" : "start"}
						onClick={() => void model.turn(!isOn)}
					>
						{t(isOn ? "stop" : "start")}
					</Button>
				</div>
			)}
			<Failure error={model.acting.error.value} />
		</Section>
	);
}
