import { Button, Dialog } from "@inlay/ui";
import type { ApiError } from "../session/api.ts";
import { Failure } from "./parts.tsx";
import { t } from "./strings.ts";

/** One field that both sides changed; without values where they do not fit into a line. */
export interface ConflictingField {
	name: string;
	values?: { mine: string; theirs: string };
}

interface Props {
	fields: readonly ConflictingField[];
	busy: boolean;
	error: ApiError | undefined;
	onResolve(whose: "mine" | "theirs"): void;
	onClose(): void;
}

/** Two saved the same thing: whose values stand? Closing it loses nothing; the next save asks again. */
export function ConflictDialog({ fields, busy, error, onResolve, onClose }: Props) {
	return (
		<Dialog title={t("conflictTitle")} closeLabel={t("close")} onClose={onClose}>
			<div class="ui-stack">
				<p>{t("conflictText")}</p>
				<ul class="plain-list">
					{fields.map((field) => (
						<li key={field.name}>
							<strong>{field.name}</strong>
							{field.values && <Values {...field.values} />}
						</li>
					))}
				</ul>
				<Failure error={error} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{t("goOn")}</Button>
					<Button onClick={() => onResolve("theirs")}>{t("conflictTheirs")}</Button>
					<Button kind="primary" busy={busy} onClick={() => onResolve("mine")}>
						{t("conflictMine")}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}

function Values({ mine, theirs }: { mine: string; theirs: string }) {
	return (
		<dl class="values">
			<dt>{t("mine")}</dt>
			<dd>{mine || "–"}</dd>
			<dt>{t("theirs")}</dt>
			<dd>{theirs || "–"}</dd>
		</dl>
	);
}
