import '@hotwired/turbo';
import './board';
import './copy';
import './menu';
import './tick_list';
