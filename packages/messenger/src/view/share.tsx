import type { ShareModel, SharePhase } from "../share-model.ts";
import { t } from "../words.ts";

/** What is asked of the customer before their page is shared, and that it is. */
export function ShareView({ model }: { model: ShareModel }) {
	const phase = model.phase.value;
	if (phase.kind === "code") return <CodeForm model={model} phase={phase} />;
	if (phase.kind === "consent") return <Consent model={model} agent={phase.agent} />;
	if (phase.kind === "sharing")
		return (
			<div class="actions" data-sharing>
				<span>{t("shareShared", { name: phase.agent })}</span>
				<button type="button" data-share-stop onClick={() => model.stop()}>
					{t("shareStop")}
				</button>
			</div>
		);
	return model.note.value === "" ? null : (
		<p class="note" role="status" data-share-note>
			{model.note.value}
		</p>
	);
}

function CodeForm({ model, phase }: { model: ShareModel; phase: Extract<SharePhase, { kind: "code" }> }) {
	return (
		<form
			data-share-code
			onSubmit={(event) => {
				event.preventDefault();
				const typed = new FormData(event.currentTarget).get("code");
				void model.join(String(typed));
			}}
		>
			<label>
				{t("shareCode")}
				<input
					name="code"
					inputMode="numeric"
					autocomplete="off"
					maxLength={20}
					ref={focused}
					disabled={phase.isBusy}
				/>
			</label>
			{phase.refused !== "" && (
				<p class="line bad" role="alert">
					{phase.refused}
				</p>
			)}
			<div class="row">
				<button type="submit" class="primary" disabled={phase.isBusy}>
					{t("shareNext")}
				</button>
				<button type="button" onClick={() => model.cancel()}>
					{t("shareCancel")}
				</button>
			</div>
		</form>
	);
}

function Consent({ model, agent }: { model: ShareModel; agent: string }) {
	const question = t("shareConsent", { name: agent });
	return (
		<div class="actions" role="alertdialog" aria-label={question} data-share-consent>
			<p>
				<strong>{question}</strong> {t("shareConsentText", { name: agent })}
			</p>
			<button type="button" class="primary" data-share-yes onClick={(event) => event.isTrusted && model.answer(true)}>
				{t("shareYes")}
			</button>
			<button type="button" data-share-no onClick={() => model.answer(false)}>
				{t("shareNo")}
			</button>
		</div>
	);
}

const focused = (element: HTMLElement | null) => element?.focus();
