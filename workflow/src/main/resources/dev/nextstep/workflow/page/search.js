const figures = Array.from(document.querySelectorAll('figure'));
const search = document.getElementById('search');
const order = document.getElementById('order');
const count = document.getElementById('count');
const show = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
  let visible = 0;
  for (const figure of figures) {
    const text = figure.textContent.toLowerCase();
    figure.hidden = !words.every(word => text.includes(word));
    if (!figure.hidden) visible++;
  }
  count.textContent = visible + ' of ' + figures.length;
};
const sort = () => {
  const key = order.value;
  const value = figure => Number(figure.dataset[key]);
  const sorted = [...figures].sort((a, b) => value(a) - value(b) || Number(a.dataset.index) - Number(b.dataset.index));
  sorted.forEach(figure => figure.parentNode.append(figure));
};
search.addEventListener('input', show);
order.addEventListener('change', sort);
show();
