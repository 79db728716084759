type Plain = string | number | boolean;

/** A JSON schema, as far as the description of the API uses one. */
export interface Shape {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly Plain[];
  readonly const?: Plain;
  readonly anyOf?: readonly Shape[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly required?: readonly string[];
  readonly default?: Plain;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly $ref?: string;
}

/** One field, under its full name: `fields.subject`, `rows[].id`. */
export interface Row {
  readonly name: string;
  /** `text`, `whole number, 1-50`, `text[] or null`: types in the words given. */
  readonly kind: string;
  /** The values it may have, when they are few enough to be named. */
  readonly values: readonly string[];
  readonly needed: boolean;
  readonly otherwise: string | undefined;
}

export interface ShapeWords {
  readonly text: string;
  readonly whole: string;
  readonly number: string;
  readonly truth: string;
  readonly id: string;
  readonly moment: string;
  readonly file: string;
  readonly any: string;
  readonly object: string;
  readonly nothing: string;
  readonly or: string;
  readonly characters: string;
  readonly items: string;
  readonly choice: string;
}

/** What zod writes when nothing was said. */
const noLimit = Number.MAX_SAFE_INTEGER;

/** The fields of an object and of the objects in it, in their order. */
export function rowsOf(shape: Shape, words: ShapeWords, prefix = ''): Row[] {
  const bare = withoutNull(shape);
  if (bare.type === 'array' && bare.items) return rowsOf(bare.items, words, `${prefix}[]`);
  const needed = new Set(bare.required ?? []);
  return Object.entries(bare.properties ?? {}).flatMap(([key, one]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const row: Row = {
      name,
      kind: kindOf(one, words),
      values: valuesOf(one),
      needed: needed.has(key),
      otherwise: one.default === undefined || one.default === '' ? undefined : String(one.default),
    };
    return [row, ...rowsOf(one, words, name)];
  });
}

export function kindOf(shape: Shape, words: ShapeWords): string {
  const mayBeNull = isNull(shape);
  const bare = withoutNull(shape);
  const kind = kindOfBare(bare, words);
  return mayBeNull ? `${kind} ${words.or} ${words.nothing}` : kind;
}

function kindOfBare(shape: Shape, words: ShapeWords): string {
  if (valuesOf(shape).length > 0) return words.choice;
  if (shape.anyOf) return [...new Set(shape.anyOf.map((one) => kindOf(one, words)))].join(` ${words.or} `);
  switch (shape.type) {
    case 'string':
      if (shape.format === 'uuid') return words.id;
      if (shape.format === 'date-time') return words.moment;
      if (shape.format === 'binary') return words.file;
      return limited(words.text, shape.minLength, shape.maxLength, ` ${words.characters}`);
    case 'integer':
      return limited(words.whole, shape.minimum, shape.maximum, '');
    case 'number':
      return limited(words.number, shape.minimum, shape.maximum, '');
    case 'boolean':
      return words.truth;
    case 'array': {
      const inner = shape.items ? kindOf({ ...shape.items, maxLength: noLimit }, words) : words.any;
      return limited(`${inner}[]`, shape.minItems, shape.maxItems, ` ${words.items}`);
    }
    case 'object':
      return words.object;
    default:
      return words.any;
  }
}

function limited(kind: string, least: number | undefined, most: number | undefined, unit: string): string {
  const low = least === undefined || least <= -noLimit ? undefined : least;
  const high = most === undefined || most >= noLimit ? undefined : most;
  if (low !== undefined && high !== undefined) return `${kind}, ${String(low)}–${String(high)}${unit}`;
  if (high !== undefined) return `${kind}, ≤ ${String(high)}${unit}`;
  // "At least one character" is what being needed means; "at least zero" says nothing.
  return low !== undefined && low > (unit === '' ? 0 : 1) ? `${kind}, ≥ ${String(low)}${unit}` : kind;
}

/** A closed list, whether it is written as one or as a choice between constants; of an array, the list of its items. */
export function valuesOf(shape: Shape): string[] {
  const bare = withoutNull(shape);
  if (bare.const !== undefined) return [String(bare.const)];
  if (bare.enum) return bare.enum.map(String);
  if (bare.type === 'array' && bare.items) return valuesOf(bare.items);
  if (bare.anyOf?.every((one) => one.const !== undefined)) return bare.anyOf.map((one) => String(one.const));
  return [];
}

function isNull(shape: Shape): boolean {
  if (Array.isArray(shape.type) && shape.type.includes('null')) return true;
  return shape.anyOf?.some((one) => one.type === 'null') ?? false;
}

function withoutNull(shape: Shape): Shape {
  if (Array.isArray(shape.type)) {
    const [first, ...others] = shape.type.filter((one): one is string => one !== 'null');
    return { ...shape, type: others.length === 0 && first !== undefined ? first : [] };
  }
  if (!shape.anyOf) return shape;
  const left = shape.anyOf.filter((one) => one.type !== 'null');
  return left.length === 1 && left[0] ? left[0] : { ...shape, anyOf: left };
}
