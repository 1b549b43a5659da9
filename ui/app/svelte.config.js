// How components are compiled: runes only, and warnings are read by `npm run check`.

export default {
  compilerOptions: { runes: true },
};
