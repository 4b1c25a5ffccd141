import type { ScriptTarget } from "@inlay/contract/scripter/agent-script";
import { Select, TextField } from "@inlay/ui";
import type { Desk } from "./desk.ts";
import { NamedField } from "./named-field.tsx";
import { t } from "./strings.ts";

const kinds = ["number", "queue", "user"] as const;

/** Whom a transfer goes to: a number with variables, a queue, or a person by id. */
export function TargetField({
	value,
	queues,
	error,
	onChange,
}: {
	value: ScriptTarget;
	queues: Desk["queues"];
	error: string | undefined;
	onChange: (to: ScriptTarget) => void;
}) {
	const toText = (text: string) => onChange(targetOf(value.kind, text));
	return (
		<div class="ui-row">
			<Select
				label={t("f_to")}
				value={value.kind}
				options={kinds.map((kind) => ({ value: kind, text: t(`to_${kind}`) }))}
				onChange={(kind) => onChange(targetOf(kind as ScriptTarget["kind"], ""))}
			/>
			{value.kind === "queue" ? (
				<NamedField label={t("to_queue")} value={value.queueId} from={queues} error={error} onChange={toText} />
			) : (
				<TextField
					label={value.kind === "number" ? t("to_number") : `${t(`to_${value.kind}`)} (ID)`}
					value={textOf(value)}
					error={error}
					onInput={toText}
				/>
			)}
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
