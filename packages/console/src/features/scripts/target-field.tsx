import type { ScriptTarget } from "@inlay/contract/scripter/agent-script";
import { Select, TextField } from "@inlay/ui";
import { t } from "./strings.ts";

const kinds = ["number", "queue", "user"] as const;

/** Whom a transfer goes to: a number with variables, or a queue or person by id. */
export function TargetField({ value, onChange }: { value: ScriptTarget; onChange: (to: ScriptTarget) => void }) {
	return (
		<div class="ui-row">
			<Select
				label={t("f_to")}
				value={value.kind}
				options={kinds.map((kind) => ({ value: kind, text: t(`to_${kind}`) }))}
				onChange={(kind) => onChange(targetOf(kind as ScriptTarget["kind"], ""))}
			/>
			<TextField
				label={value.kind === "number" ? t("to_number") : `${t(`to_${value.kind}`)} (ID)`}
				value={textOf(value)}
				onInput={(text) => onChange(targetOf(value.kind, text))}
			/>
		</div>
	);
}

function textOf(to: ScriptTarget): string {
	if (to.kind === "number") return to.number;
	return to.kind === "queue" ? to.queueId : to.userId;
}

function targetOf(kind: ScriptTarget["kind"], text: string): ScriptTarget {
	if (kind === "number") return { kind, number: text };
	return kind === "queue" ? { kind, queueId: text } : { kind, userId: text };
}
