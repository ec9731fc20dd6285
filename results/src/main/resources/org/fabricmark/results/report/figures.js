// Numbers as the printed tables have them: the same digits, rounded the same way (half up, of the decimal digits).
const ABSENT = "-";

function decimals(value, count) {
  return Number(Math.round(Number(value + "e" + count)) + "e-" + count).toFixed(count);
}

function figure(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return ABSENT;
  }
  const size = Math.abs(value);
  if (size === 0) {
    return "0";
  }
  if (size < 0.001) {
    return value.toExponential(1).replace(/e([+-])(\d)$/, "e$10$2");
  }
  return decimals(value, size < 0.01 ? 4 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

// The shortest exact form of a number of bytes: 65536 is 64K, 1000 is 1000.
function bytes(count) {
  let letter = 0;
  while (letter < 3 && count > 0 && count % 1024 === 0) {
    count /= 1024;
    letter++;
  }
  return count + "KMG".charAt(letter - 1);
}

// The number on an axis: no more digits than it needs.
function tick(value) {
  if (value === 0) {
    return "0";
  }
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(3)));
}
