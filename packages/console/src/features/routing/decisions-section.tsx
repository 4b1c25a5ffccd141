import { Button, locale, TextField } from "@inlay/ui";
import { Failure, Form, Section } from "../../shell/parts.tsx";
import { type Decisions, type DecisionsModel, type PassedOver, reasonOf } from "./decisions.ts";
import { t } from "./strings.ts";

/** Why an interaction rang whom it rang, and nobody else: what is asked first when somebody waited too long. */
export function DecisionsSection({ model }: { model: DecisionsModel }) {
	const found = model.found.value;
	return (
		<Section title={t("why")} hint={t("whyHint")}>
			<Form onSend={() => void model.look()}>
				<TextField
					label={t("conversationId")}
					value={model.conversationId.value}
					onInput={(text) => {
						model.conversationId.value = text;
					}}
				/>
				<Failure error={model.looking.error.value} />
				<div class="form-actions">
					<Button type="submit" busy={model.looking.busy.value}>
						{t("look")}
					</Button>
				</div>
			</Form>
			<div role="status">{found && <Found found={found} />}</div>
		</Section>
	);
}

/** Whom an interaction rang, and who was passed over. */
export function Found({ found: { decisions, waiting } }: { found: Decisions }) {
	if (decisions.length === 0 && !waiting) return <p>{t("nothingDecided")}</p>;
	return (
		<ul class="rows">
			{decisions.map((one) => (
				<li key={`${one.at} ${one.user.id}`}>
					<div class="row-main">
						<span>{t("rang", { name: one.user.name, queue: one.queue.name, at: timeOf(one.at) })}</span>
						<Passed passed={one.passed} />
					</div>
				</li>
			))}
			{waiting && (
				<li>
					<div class="row-main">
						<span>{t("waits", { queue: waiting.queue.name, at: timeOf(waiting.since) })}</span>
						<Passed passed={waiting.members} />
					</div>
				</li>
			)}
		</ul>
	);
}

function Passed({ passed }: { passed: readonly PassedOver[] }) {
	if (passed.length === 0) return null;
	return (
		<ul>
			{passed.map(({ user, reason }) => (
				<li key={user.id} class="ui-muted">
					<bdi>{user.name}</bdi>: {reasonText(reason)}
				</li>
			))}
		</ul>
	);
}

/** A reason in words. */
export function reasonText(reason: string): string {
	const known = reasonOf(reason);
	return known ? t(`reason_${known}`) : reason;
}

export function timeOf(at: string): string {
	return new Intl.DateTimeFormat(locale.value, { dateStyle: "short", timeStyle: "medium" }).format(new Date(at));
}
