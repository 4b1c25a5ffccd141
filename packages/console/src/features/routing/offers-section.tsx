import { Button, TextField } from "@inlay/ui";
import { inDivision, needs } from "../../session/needs.ts";
import { Failure, Form, Load, Section } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { Found, reasonText, timeOf } from "./decisions-section.tsx";
import type { Offered, OffersModel } from "./offers.ts";
import { t } from "./strings.ts";

/** Which interactions rang a person and which did not, on their page. */
export function OffersSection({ model, divisionId }: { model: OffersModel; divisionId: string | undefined }) {
	if (useLack(inDivision(needs.viewQueues, divisionId))) return null;
	return (
		<Section title={t("why")} hint={t("offersHint")}>
			<Form onSend={() => void model.look()}>
				<TextField
					type="datetime-local"
					label={t("offersBefore")}
					value={model.before.value}
					onInput={(text) => {
						model.before.value = text;
					}}
				/>
				<div class="form-actions">
					<Button type="submit">{t("look")}</Button>
				</div>
			</Form>
			<Load from={model.found}>
				{(found) =>
					found.length === 0 ? (
						<p class="ui-muted">{t("noOffers")}</p>
					) : (
						<ul class="rows">
							{found.map((one) => (
								<Row key={`${one.conversation.id} ${one.at}`} model={model} one={one} />
							))}
						</ul>
					)
				}
			</Load>
		</Section>
	);
}

function Row({ model, one: { conversation, queue, at, rung, reason } }: { model: OffersModel; one: Offered }) {
	const when = { queue: queue.name, at: timeOf(at) };
	const { found, looking } = model.whole;
	const isChosen = model.chosen.value === conversation.id;
	return (
		<li>
			<div class="row-main">
				<span>{t(rung ? "offerRang" : "offerPassed", when)}</span>
				{reason && <span class="ui-muted">{reasonText(reason)}</span>}
				{isChosen && <Failure error={looking.error.value} />}
				{isChosen && found.value && <Found found={found.value} />}
			</div>
			<Button
				size="small"
				busy={isChosen && looking.busy.value}
				aria-label={t("whomItRangNamed", when)}
				onClick={() => void model.choose(conversation.id)}
			>
				{t("whomItRang")}
			</Button>
		</li>
	);
}
