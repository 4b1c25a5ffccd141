import { Figure, Figures } from "../../shell/figure.tsx";
import { rate, share } from "./campaign-rates.ts";
import { t } from "./strings.ts";
import type { OutboundThingModel } from "./thing-model.ts";

/** How a campaign calls: what its pace follows from, and whether it keeps to what it may abandon. */
export function CampaignFigures({ model }: { model: OutboundThingModel }) {
	const campaign = model.details.base.value;
	const stats = model.stats.value;
	if (!campaign || !stats || (stats.validAttempts === 0 && campaign.campaignStatus !== "on")) return null;
	const { contactRate, inlay, validAttempts, outstandingCalls, adjustedCallsPerAgent } = stats;
	const isAutomatic = campaign.dialingMode !== "preview";
	const isOver = inlay.abandonRate > Number(campaign.abandonRate);
	return (
		<Figures>
			<Figure name={t("runCalls")} value={validAttempts} />
			<Figure name={t("inHand")} value={outstandingCalls} />
			<Figure name={t("answered")} value={share(contactRate.connects, contactRate.attempts)} />
			{isAutomatic && (
				<>
					<Figure name={t("metNobody")} value={share(inlay.abandoned, contactRate.connects)} isBad={isOver} />
					<Figure name={t("callsPerAgent")} value={rate(adjustedCallsPerAgent)} />
				</>
			)}
		</Figures>
	);
}
