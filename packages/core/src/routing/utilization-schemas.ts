import { Type } from "typebox";
import { mostLabels } from "./label-model.ts";
import { mediaTypes } from "./queue-model.ts";
import { largestCapacity } from "./utilization-model.ts";

export const manageUtilization = "routing:utilization:manage";
export const readUtilization = [manageUtilization, "routing:utilization:view"] as const;

const Capacity = Type.Optional(Type.Integer({ minimum: 0, maximum: largestCapacity }));
const LabelId = Type.String({ minLength: 1, maxLength: 200 });

const Medium = Type.Object({
	maximumCapacity: Capacity,
	interruptableMediaTypes: Type.Optional(Type.Array(Type.Enum([...mediaTypes]), { maxItems: mediaTypes.length })),
	includeNonAcd: Type.Optional(Type.Boolean()),
});

/** `LabelUtilizationRequest`. */
export const LabelUtilizationBody = Type.Object({
	maximumCapacity: Capacity,
	interruptingLabelIds: Type.Optional(Type.Array(LabelId, { maxItems: mostLabels })),
});

/** `UtilizationRequest`; the names of labels come back as they were read, and say nothing. */
export const utilizationBody = Type.Object({
	labelUtilizations: Type.Optional(
		Type.Record(
			Type.String({ maxLength: 200 }),
			Type.Object({ ...LabelUtilizationBody.properties, labelName: Type.Optional(Type.String()) }),
			{ maxProperties: mostLabels },
		),
	),
	utilization: Type.Object(Object.fromEntries(mediaTypes.map((type) => [type, Type.Optional(Medium)]))),
});
