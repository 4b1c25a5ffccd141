import { Button, locale } from "@inlay/ui";
import { CopyField } from "../../shell/copy-field.tsx";
import { failureText } from "../../shell/failure.ts";
import { Load, Section } from "../../shell/parts.tsx";
import { RemoveButton } from "../../shell/remove-button.tsx";
import type { DkimKey, DkimModel } from "./dkim-model.ts";
import { k } from "./strings.ts";

interface DkimProps {
	model: DkimModel;
	mayChange: boolean;
}

/** How long a mail may be on its way, and be looked at for the first time. */
const weekMs = 7 * 24 * 3_600_000;

/** The keys by which a domain's emails are signed, each with the record to enter in DNS. */
export function DkimSection({ model, mayChange }: DkimProps) {
	const { error, busy } = model.working;
	const has = (keys: readonly DkimKey[], state: DkimKey["state"]) => keys.some((one) => one.state === state);
	return (
		<Section title={k("title")} hint={k("hint")}>
			<Load from={model.keys}>
				{(keys) => (
					<div class="ui-stack">
						{!has(keys, "signing") && <p>{k("none")}</p>}
						{keys.map((one) => (
							<Key key={one.selector} dkim={one} {...{ model, mayChange }} />
						))}
						{mayChange && !has(keys, "waiting") && (
							<div>
								<Button busy={busy.value} data-dkim-make onClick={() => void model.make()}>
									{k(has(keys, "signing") ? "renew" : "make")}
								</Button>
							</div>
						)}
					</div>
				)}
			</Load>
			{error.value !== undefined && (
				<p class="ui-error" role="alert">
					{failureText(error.value)}
				</p>
			)}
		</Section>
	);
}

function Key({ dkim, model, mayChange }: DkimProps & { dkim: DkimKey }) {
	const { selector, state, record } = dkim;
	return (
		<div class="ui-stack" data-dkim={selector} data-state={state}>
			<p>{k(state, { selector, date: endOf(dkim) })}</p>
			{state !== "ended" && (
				<>
					<CopyField label={k("name")} value={record.name} />
					<CopyField label={k("text")} value={record.text} rows={4} />
				</>
			)}
			{mayChange && (
				<div class="ui-row">
					{state === "waiting" && (
						<Button kind="primary" busy={model.working.busy.value} onClick={() => void model.activate(selector)}>
							{k("activate")}
						</Button>
					)}
					<RemoveButton
						label={k("remove")}
						title={k("removeTitle", { selector })}
						text={k(state === "signing" ? "removeSigning" : "removeOther")}
						task={model.working}
						onConfirm={() => void model.remove(selector)}
					/>
				</div>
			)}
		</div>
	);
}

/** When its record may go. */
function endOf({ endedAt }: DkimKey): string {
	if (endedAt === undefined) return "";
	return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium" }).format(Date.parse(endedAt) + weekMs);
}
